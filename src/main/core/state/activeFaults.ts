/**
 * The errors of a machine, from set to cleared. Both programs clear all errors and then set the remaining ones again: android within half
 * a second [field], linux one every 3 s [field3]. A cleared error stays active until that time has passed.
 */
import { errorKey, slotOf } from '#shared/errors/codes';
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import type { ActiveFault, ClosedFault } from '#shared/model/activeFault';

/** [ours] ms after `clearerror` in which android sets the remaining errors again. Also used for unknown platforms. */
const resetWindow = 1_500;
/** ms between two errors that linux sets after `clearerror` [field3]. */
const linuxSetsEvery = 3_000;
/** [ours] ms of network delay. */
const linuxMargin = 1_000;
/** [ours] ms after a login in which android repeats its reports. */
const loginReportsWithin = 10_000;
/** [ours] ms after a login in which android sends a `clearerror` that does not mean cleared errors [field]. */
const loginClearsWithin = 5_000;
/** Memory limits per machine. */
const errorsKept = 200;
const closedKept = 50;

type Errors = readonly ActiveFault[];
type Closed = readonly ClosedFault[];
type Known = Pick<MachineState, 'errors' | 'platform' | 'login' | 'link'>;

/** Removes cleared errors whose time to be set again has passed. */
export function settled(errors: Errors, now: number): Errors {
  return errors.some(({ ending }) => ending !== null && ending.until < now)
    ? errors.filter(({ ending }) => ending === null || ending.until >= now)
    : errors;
}

/** Whether this is the `clearerror` that android sends after every login. */
export const isOfLogin = ({ platform, login, link }: Known, { at, conn }: FrameEntry): boolean =>
  platform === 'android' &&
  login !== null &&
  link.status === 'online' &&
  link.conn === conn &&
  // After the clock was set back, `at` may be before the login.
  at >= login.at &&
  at - login.at <= loginClearsWithin;

/** The errors after `clearerror`. */
export function cleared(machine: Known, entry: FrameEntry): Errors {
  const { at, id } = entry;
  const within =
    machine.platform === 'linux' ? linuxSetsEvery * machine.errors.length + linuxMargin : resetWindow;
  const loggedInAt = isOfLogin(machine, entry) ? (machine.login?.at ?? at) : null;
  return machine.errors.map((error) => {
    if (error.ending !== null) return error;
    const isOld = loggedInAt !== null && error.last < loggedInAt;
    if (!isOld) return { ...error, ending: { at, entry: id, by: 'clearerror', until: at + within } };
    // After a login android repeats every low material, but no other fault.
    return slotOf(error.code) === null
      ? { ...error, ending: { at, entry: id, by: 'login', until: loggedInAt + loginReportsWithin } }
      : error;
  });
}

/** The errors closed by a person, after `clearerror`. After its login android reports warnings again, but no other error. */
export const closedAfterClear = (machine: Known & { readonly closed: Closed }, entry: FrameEntry): Closed =>
  isOfLogin(machine, entry) ? machine.closed.filter(({ code }) => slotOf(code) !== null) : [];

/** The errors after a person closed the error set by entry `setBy`. */
export function withClosed(
  { errors, closed }: { readonly errors: Errors; readonly closed: Closed },
  setBy: number,
  how: ClosedFault['closed'],
): { readonly errors: Errors; readonly closed: Closed } | null {
  const error = errors.find(({ entry }) => entry === setBy);
  if (error === undefined) return null;
  return {
    errors: errors.filter((one) => one !== error),
    closed: [...withoutFault(closed, error.code), { ...error, ending: null, closed: how }].slice(-closedKept),
  };
}

/** The errors closed by a person, after an error was set: that error is active again. On android it also replaces the one in its slot. */
export function closedAfterSet(closed: Closed, code: string, platform: MachineState['platform']): Closed {
  if (closed.length === 0) return closed;
  const slot = platform === 'android' ? slotOf(code) : null;
  const others = withoutFault(closed, code);
  return slot === null ? others : others.filter((one) => slotOf(one.code) !== slot);
}

/** The errors after a drink was made: the machine works despite the errors reported before. */
export function withDrinkMade(errors: Errors, madeAt: number, entry: FrameEntry): Errors {
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

/** The errors after an error was set. Setting an active error again does not make a new one, however late [field3]. */
export function withFault(machine: Known, reported: ReportedError, entry: FrameEntry): Errors {
  const { platform } = machine;
  const known = withCode(machine.errors, reported.code);
  const errors = known === undefined && platform === 'linux' ? delayed(machine.errors) : machine.errors;
  const active: ActiveFault = {
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

/** Most errors repeat the same code exactly, so only the others need a lookup. */
function withCode(errors: Errors, code: string): ActiveFault | undefined {
  const same = errors.find((one) => one.code === code);
  if (same !== undefined || errors.length === 0) return same;
  const key = errorKey(code);
  return errors.find((one) => errorKey(one.code) === key);
}

/** linux sets a new error before some of the cleared ones, which follow one interval later. */
const delayed = (errors: Errors): Errors =>
  errors.map((error) =>
    error.ending === null
      ? error
      : { ...error, ending: { ...error.ending, until: error.ending.until + linuxSetsEvery } },
  );

/** Removes the error with this code. */
export function withoutFault<E extends ActiveFault>(errors: readonly E[], code: string): readonly E[] {
  const key = errorKey(code);
  return errors.some((one) => errorKey(one.code) === key)
    ? errors.filter((one) => errorKey(one.code) !== key)
    : errors;
}
