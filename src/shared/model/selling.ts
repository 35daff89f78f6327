/** Whether a machine can sell, as far as it has said. What is claimed names its entry. */
import { severityOf } from '../errors/codes';
import { connectionOf } from './connected';
import { isConfirmed, type MachineRow, type MachineState } from './machine';

/** no: something keeps it from selling. doubtful: something may. yes: it has said nothing of the kind. unknown: it can't be asked now. */
export type Selling = 'no' | 'doubtful' | 'yes' | 'unknown';

interface Evidenced {
  readonly at: number;
  readonly entry: number | null;
}

export type SellingReason = Evidenced &
  (
    | { readonly kind: 'error' | 'unconfirmed'; readonly code: string }
    | {
        readonly kind:
          | 'locked'
          | 'doorOpen'
          | 'cupBlocked'
          | 'restarting'
          | 'offline'
          | 'unknown'
          | 'silence';
      }
  );

export interface SellingAnswer {
  readonly answer: Selling;
  /** The gravest first. */
  readonly reasons: readonly SellingReason[];
}

export function sellingOf(row: MachineRow, state: MachineState, now: number): SellingAnswer {
  const { errors, locked, door, cupBlocked, ended, restart, heartbeat } = state;
  const grave = errors.filter(
    ({ code, isFatal, ending }) => ending === null && severityOf(code, isFatal, row.platform) === 'fatal',
  );
  const keeping: SellingReason[] = grave
    .filter(isConfirmed)
    .map(({ code, since, entry }) => ({ kind: 'error', code, at: since, entry }));
  if (locked?.value === true) keeping.push({ kind: 'locked', at: locked.at, entry: locked.entry });
  const doubts: SellingReason[] = grave
    .filter((error) => !isConfirmed(error))
    .map(({ code, since, entry }) => ({ kind: 'unconfirmed', code, at: since, entry }));
  // The vendor's document does not say whether it goes on selling then.
  if (door?.value === 'open') doubts.push({ kind: 'doorOpen', at: door.at, entry: door.entry });
  if (cupBlocked !== null) doubts.push({ kind: 'cupBlocked', at: cupBlocked.at, entry: cupBlocked.entry });
  const away: SellingReason[] = [];
  const { is, since } = connectionOf(row, now);
  if (is === 'restarting') away.push({ kind: is, at: since, entry: restart?.entry ?? null });
  else if (is === 'silent') away.push({ kind: 'silence', at: since, entry: heartbeat.entry });
  else if (is !== 'online') away.push({ kind: is, at: since, entry: ended?.entry ?? null });
  const reasons = [...away, ...keeping, ...doubts];
  if (away.length > 0) return { answer: 'unknown', reasons };
  if (keeping.length > 0) return { answer: 'no', reasons };
  return { answer: doubts.length > 0 ? 'doubtful' : 'yes', reasons };
}
