/** Whether a machine can sell according to its reports: one source for headline, panel, list and status. */
import { severityOf } from '../errors/codes';
import type { ErrorSeverity } from './ownErrors';
import { connectionOf } from './connected';
import { isUnverified } from './verified';
import { isConfirmed, type ActiveFault, type MachineRow, type MachineState, type Platform } from './machine';

/** no: something prevents it. doubtful: something may prevent it. yes: no such report. unknown: cannot be determined now. */
export type Selling = MachineRow['selling'] | 'unknown';

interface Evidenced {
  readonly at: number;
  readonly entry: number | null;
}

export type SellingReason = Evidenced &
  (
    | { readonly kind: ErrorEffect; readonly code: string }
    | { readonly kind: 'closed'; readonly code: string; readonly by: string | null }
    | {
        readonly kind:
          | 'locked'
          | 'doorOpen'
          | 'cupBlocked'
          | 'restarting'
          | 'offline'
          | 'unknown'
          | 'silence'
          | 'unverified';
      }
  );

export interface SellingAnswer {
  readonly answer: Selling;
  /** The most serious first. */
  readonly reasons: readonly SellingReason[];
  /** Time until which the machine may still report errors from before its start; `null`: over. */
  readonly reportsUntil: number | null;
}

/**
 * error: prevents selling. The others cause doubt. madeSince: a drink was made while the error was active. unconfirmed: not repeated since
 * a reconnect. notFatal: critical in the catalogue, but not fatal according to the machine.
 */
type ErrorEffect = 'error' | 'madeSince' | 'unconfirmed' | 'notFatal';
const effects: readonly (ErrorEffect | null)[] = ['error', 'madeSince', 'unconfirmed', 'notFatal', null];

/** An active error's effect on selling; `null`: none. */
export function effectOf(error: ActiveFault, platform: Platform | null): ErrorEffect | null {
  const { code, isFatal, madeSince } = error;
  if (severityOf(code, isFatal, platform) !== 'fatal')
    return severityOf(code, null, platform) === 'fatal' ? 'notFatal' : null;
  if (madeSince !== undefined) return 'madeSince';
  return isConfirmed(error) ? 'error' : 'unconfirmed';
}

const severities: readonly ErrorSeverity[] = ['fatal', 'fault', 'warning', 'info'];
const rankOf = (error: ActiveFault, platform: Platform | null): number =>
  effects.indexOf(effectOf(error, platform)) * severities.length +
  severities.indexOf(severityOf(error.code, error.isFatal, platform)) +
  (isConfirmed(error) ? 0 : 0.5);

/** The most severe error; the first of several. */
export function worstOf<E extends ActiveFault>(errors: readonly E[], platform: Platform | null): E | null {
  let worst: E | null = null;
  let rank = Infinity;
  for (const error of errors) {
    const other = rankOf(error, platform);
    if (other >= rank) continue;
    worst = error;
    rank = other;
  }
  return worst;
}

type Reported = Pick<MachineState, 'errors' | 'closed' | 'locked' | 'door' | 'cupBlocked'>;

interface Hindrances {
  readonly answer: MachineRow['selling'];
  readonly reasons: readonly SellingReason[];
}

/** The machine's reports against selling, regardless of its connection. */
export function hindrancesOf(state: Reported, platform: Platform | null): Hindrances {
  const { errors, closed, locked, door, cupBlocked } = state;
  const keeping: SellingReason[] = [];
  const doubts: SellingReason[] = [];
  for (const error of errors) {
    const kind = effectOf(error, platform);
    if (kind === null) continue;
    const { at, entry } =
      kind === 'madeSince' && error.madeSince !== undefined
        ? error.madeSince
        : { at: error.since, entry: error.entry };
    (kind === 'error' ? keeping : doubts).push({ kind, code: error.code, at, entry });
  }
  if (locked?.value === true) keeping.push({ kind: 'locked', at: locked.at, entry: locked.entry });
  // The vendor's document does not say whether the machine sells with an open door.
  if (door?.value === 'open') doubts.push({ kind: 'doorOpen', at: door.at, entry: door.entry });
  if (cupBlocked !== null) doubts.push({ kind: 'cupBlocked', at: cupBlocked.at, entry: cupBlocked.entry });
  for (const error of closed)
    if (effectOf(error, platform) !== null)
      doubts.push({ kind: 'closed', code: error.code, ...error.closed });
  const answer = keeping.length > 0 ? 'no' : doubts.length > 0 ? 'doubtful' : 'yes';
  return { answer, reasons: [...keeping, ...doubts] };
}

/** Whether it can sell now. Unknown for an offline, silent or unverified machine. */
export const sellingNow = (row: MachineRow, now: number): Selling =>
  connectionOf(row, now).is === 'online' && !isUnverified(row) ? row.selling : 'unknown';

/** ms after a login in which a linux machine reports errors from before its start [field3]. */
const reportsWithin = 180_000;

export function sellingOf(row: MachineRow, state: MachineState, now: number): SellingAnswer {
  const { ended, restart, heartbeat, login } = state;
  const { answer, reasons } = hindrancesOf(state, row.platform);
  const away: SellingReason[] = [];
  const { is, since } = connectionOf(row, now);
  if (is === 'restarting') away.push({ kind: is, at: since, entry: restart?.entry ?? null });
  else if (is === 'silent') away.push({ kind: 'silence', at: since, entry: heartbeat.entry });
  else if (is !== 'online') away.push({ kind: is, at: since, entry: ended?.entry ?? null });
  if (isUnverified(row)) away.push({ kind: 'unverified', at: row.since, entry: null });
  const until = row.platform === 'linux' && login !== null ? login.at + reportsWithin : 0;
  return {
    answer: sellingNow({ ...row, selling: answer }, now),
    reasons: [...away, ...reasons],
    reportsUntil: until > now ? until : null,
  };
}
