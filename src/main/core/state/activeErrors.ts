/**
 * The errors of a machine, from set to cleared. Both programs clear all errors and then set those that remain again: android within half
 * a second [field], linux one every 3 s [field3]. Until that time has passed a cleared error stays active.
 */
import { errorKey } from '#shared/errors/codes';
import { slotOf } from '#shared/errors/slots';
import type { FrameEntry } from '#shared/model/frame';
import type { ActiveError, ClosedError, MachineState } from '#shared/model/machine';

/** [ours] ms after `clearerror` in which android sets the remaining errors again. It is the rule for an unknown platform too. */
const setAgainWithin = 1_500;
/** ms between two errors that linux sets after `clearerror` [field3]. */
const linuxSetsEvery = 3_000;
/** [ours] ms of delay on the line. */
const linuxMargin = 1_000;
/** [ours] ms after a login in which android tells of what it tells at every login. */
const ritual = 10_000;
/** [ours] ms after a login in which its `clearerror` comes, which is nobody clearing anything [field]. */
const ritualClears = 5_000;
/** What one machine may fill of our memory, whatever it sends. */
const errorsKept = 200;
const closedKept = 50;

type Errors = readonly ActiveError[];
type Closed = readonly ClosedError[];
type Known = Pick<MachineState, 'errors' | 'platform' | 'login' | 'link'>;

/** Without the cleared errors that the machine had the time to set again. */
export function settled(errors: Errors, now: number): Errors {
  return errors.some(({ ending }) => ending !== null && ending.until < now)
    ? errors.filter(({ ending }) => ending === null || ending.until >= now)
    : errors;
}

/** Whether this `clearerror` is one that android sends after every login. */
export const isOfLogin = ({ platform, login, link }: Known, { at, conn }: FrameEntry): boolean =>
  platform === 'android' &&
  login !== null &&
  link.status === 'online' &&
  link.conn === conn &&
  // A clock that was set back has come before its login.
  at >= login.at &&
  at - login.at <= ritualClears;

/** After `clearerror`. */
export function cleared(machine: Known, entry: FrameEntry): Errors {
  const { at, id } = entry;
  const within =
    machine.platform === 'linux' ? linuxSetsEvery * machine.errors.length + linuxMargin : setAgainWithin;
  const loggedInAt = isOfLogin(machine, entry) ? (machine.login?.at ?? at) : null;
  return machine.errors.map((error) => {
    if (error.ending !== null) return error;
    const isOld = loggedInAt !== null && error.last < loggedInAt;
    if (!isOld) return { ...error, ending: { at, entry: id, by: 'clearerror', until: at + within } };
    // It tells of every material that is low, but of no other fault.
    return slotOf(error.code) === null
      ? { ...error, ending: { at, entry: id, by: 'login', until: loggedInAt + ritual } }
      : error;
  });
}

/** After `clearerror`, of those that a person closed. After its login android reports warnings again, but no other error. */
export const closedAfterClear = (machine: Known & { readonly closed: Closed }, entry: FrameEntry): Closed =>
  isOfLogin(machine, entry) ? machine.closed.filter(({ code }) => slotOf(code) !== null) : [];

/** After a person closed the error that this entry set. */
export function withClosed(
  { errors, closed }: { readonly errors: Errors; readonly closed: Closed },
  setBy: number,
  how: ClosedError['closed'],
): { readonly errors: Errors; readonly closed: Closed } | null {
  const error = errors.find(({ entry }) => entry === setBy);
  if (error === undefined) return null;
  return {
    errors: errors.filter((one) => one !== error),
    closed: [...withoutError(closed, error.code), { ...error, ending: null, closed: how }].slice(-closedKept),
  };
}

/** After an error was set: it is active again, and on android it takes the place of the one in its slot. */
export function closedAfterSet(closed: Closed, code: string, platform: MachineState['platform']): Closed {
  if (closed.length === 0) return closed;
  const slot = platform === 'android' ? slotOf(code) : null;
  const others = withoutError(closed, code);
  return slot === null ? others : others.filter((one) => slotOf(one.code) !== slot);
}

/** After a drink was made: the machine works in spite of the errors that were reported before. */
export function madeInSpite(errors: Errors, madeAt: number, entry: FrameEntry): Errors {
  return errors.some(({ since }) => since < madeAt)
    ? errors.map((error) =>
        error.since < madeAt ? { ...error, madeSince: { at: entry.at, entry: entry.id } } : error,
      )
    : errors;
}

interface ReportedError {
  readonly code: string;
  readonly description: string | null;
  readonly isFatal: boolean | null;
  readonly isPersistent: boolean | null;
}

/** After an error was set. One that is set again while it is active is the same error, however much later [field3]. */
export function withError(machine: Known, reported: ReportedError, entry: FrameEntry): Errors {
  const { platform } = machine;
  const known = withCode(machine.errors, reported.code);
  const errors = known === undefined && platform === 'linux' ? delayed(machine.errors) : machine.errors;
  const active: ActiveError = {
    code: reported.code,
    description: reported.description ?? known?.description ?? null,
    isFatal: reported.isFatal,
    isPersistent: reported.isPersistent,
    since: known?.since ?? entry.at,
    last: entry.at,
    entry: known?.entry ?? entry.id,
    times: known?.times ?? 1,
    unconfirmed: false,
    ending: null,
    ...(known?.madeSince !== undefined && { madeSince: known.madeSince }),
  };
  const slot = platform === 'android' ? slotOf(reported.code) : null;
  const others = slot === null ? errors : errors.filter((one) => one === known || slotOf(one.code) !== slot);
  if (known === undefined) return [...others, active].slice(-errorsKept);
  return others.map((one) => (one === known ? active : one));
}

/** Most come again as they came: only others are looked up. */
function withCode(errors: Errors, code: string): ActiveError | undefined {
  const same = errors.find((one) => one.code === code);
  if (same !== undefined || errors.length === 0) return same;
  const key = errorKey(code);
  return errors.find((one) => errorKey(one.code) === key);
}

/** linux sets a new error before some of those it cleared: they come one interval later. */
const delayed = (errors: Errors): Errors =>
  errors.map((error) =>
    error.ending === null
      ? error
      : { ...error, ending: { ...error.ending, until: error.ending.until + linuxSetsEvery } },
  );

/** Without the error of this code. */
export function withoutError<E extends ActiveError>(errors: readonly E[], code: string): readonly E[] {
  const key = errorKey(code);
  return errors.some((one) => errorKey(one.code) === key)
    ? errors.filter((one) => errorKey(one.code) !== key)
    : errors;
}
