/**
 * The errors of a machine, from set to cleared. linux sets and clears each by itself. android clears them all and sets again those
 * that go on, within half a second [field]: until it has had the time for that they are neither there nor gone. So it is with a machine of
 * which the platform is not known.
 */
import { errorKey } from '#shared/errors/codes';
import { slotOf } from '#shared/errors/slots';
import type { FrameEntry } from '#shared/model/frame';
import type { ActiveError, MachineState } from '#shared/model/machine';

/** [ours] ms after `clearerror` in which android sets again what goes on. */
const setAgainWithin = 1_500;
/** [ours] ms after a login in which android tells of what it tells at every login. */
const ritual = 10_000;
/** [ours] ms after a login in which its `clearerror` comes, which is nobody clearing anything [field]. */
const ritualClears = 5_000;
/** What one machine may fill of our memory, whatever it sends. */
const errorsKept = 200;

type Errors = readonly ActiveError[];
type Known = Pick<MachineState, 'errors' | 'platform' | 'login' | 'link'>;

/** Without those that android had the time to set again. */
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
  // Where nobody knows what it is it may be android.
  if (machine.platform === 'linux') return [];
  const { at, id } = entry;
  const loggedInAt = isOfLogin(machine, entry) ? (machine.login?.at ?? at) : null;
  return machine.errors.map((error) => {
    if (error.ending !== null) return error;
    const isOld = loggedInAt !== null && error.last < loggedInAt;
    if (!isOld) return { ...error, ending: { at, entry: id, by: 'clearerror', until: at + setAgainWithin } };
    // It tells of every material that is low, but of no other fault.
    return slotOf(error.code) === null
      ? { ...error, ending: { at, entry: id, by: 'login', until: loggedInAt + ritual } }
      : error;
  });
}

interface ReportedError {
  readonly code: string;
  readonly description: string | null;
  readonly isFatal: boolean | null;
  readonly isPersistent: boolean | null;
}

/** After an error was set. `repeats`: within how many ms the same is the same message sent again. */
export function withError(
  machine: Known,
  reported: ReportedError,
  entry: FrameEntry,
  repeats: number,
): Errors {
  const { errors, platform } = machine;
  const known = withCode(errors, reported.code);
  const active: ActiveError = {
    code: reported.code,
    description: reported.description ?? known?.description ?? null,
    isFatal: reported.isFatal,
    isPersistent: reported.isPersistent,
    since: known?.since ?? entry.at,
    last: entry.at,
    entry: known?.entry ?? entry.id,
    times: (known?.times ?? 0) + (known === undefined || isAnother(known, entry, repeats) ? 1 : 0),
    unconfirmed: false,
    ending: null,
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

/** What is set again after `clearerror` was never away. */
const isAnother = ({ ending, last }: ActiveError, { at }: FrameEntry, repeats: number): boolean =>
  ending === null && at - last >= repeats;

/** Without the error of this code. */
export function withoutError(errors: Errors, code: string): Errors {
  const key = errorKey(code);
  return errors.some((one) => errorKey(one.code) === key)
    ? errors.filter((one) => errorKey(one.code) !== key)
    : errors;
}
