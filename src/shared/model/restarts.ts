/** Whether a machine that logs in has restarted. A link that merely dropped and came back says nothing of it. */
import type { FindingCode } from '../findings';
import type { Heard, MachineState } from './machine';

/** [ours] ms in which a machine that obeys is heard of for the last time: its link closes within seconds. */
export const goesWithin = 15_000;
/** [ours] ms: no machine starts faster. */
const startTakes = 60_000;
/**
 * [ours] ms after it read something in which no program connects again without a start: linux does 120 to 240 s after the last byte,
 * android 120 s after the last frame [field].
 */
const staysFor = 118_000;

/**
 * Whether one that is gone can have gone for a restart that we told it to: it was heard of for no longer than that takes. `within`: ms, of
 * the command that it was told.
 */
export function isRestarting(
  { restart }: Pick<MachineState, 'restart'>,
  within: (cmd: string) => number,
): boolean {
  if (restart === null) return false;
  const { value, at, heard } = restart;
  return heard === null || heard.at - at <= within(value);
}

/** Of a login: when and on which connection its frame came, and the frame's number where the head counts. */
interface Arrival extends Heard {
  readonly conn: number;
}

/** After them nobody can tell for how long nothing came before. */
export const losesTime = [
  'link.startedAnew',
  'link.asleep',
  'link.clockForward',
  'link.clockBack',
] as const satisfies readonly FindingCode[];

/** For how long nothing came until `at`, as far as that could be heard: `since`, or the latest of those after it. A clock that was put back has made none of them later than now. */
export function silence({ findings }: Pick<MachineState, 'findings'>, since: number, at: number): number {
  const lost = losesTime.map((code) => findings[code]?.last ?? 0).filter((last) => last <= at);
  return at - Math.max(since, ...lost);
}

/**
 * A link that dies proves nothing: the program connects again by itself. So the machine must have ended its connection within seconds, and be
 * back after a start and before it would connect again. `machine`: as known before its login; `readAt`: when it read a frame of ours for sure.
 */
export function hasRestarted(
  machine: MachineState,
  loginCount: number | null,
  entry: Arrival,
  readAt = machine.restart?.at ?? 0,
): boolean {
  const { login, restart, lastHeard, sequence } = machine;
  const before = login?.loginCount ?? null;
  if (before !== null && loginCount !== null) {
    // A program that starts counts its logins anew; one that goes on counts on [field].
    if (loginCount < before) return true;
    if (loginCount > before) return false;
  }
  if (restart === null || restart.conn === entry.conn || lastHeard === null) return false;
  // What it says on its new connection before the login ends its silence, and is the first that is counted there.
  const heard = restart.heard ?? { at: lastHeard, sequence };
  const back = restart.back ?? entry;
  if (heard.at - restart.at > goesWithin) return false;
  const anew = back.sequence === null || heard.sequence === null ? null : back.sequence < heard.sequence;
  // With a login counted as the first as before, and its frames counted anew.
  if (before !== null && loginCount === before && anew === true) return true;
  const { goneAt, goneBy } = restart;
  const isGone = goneBy === 'machineClosed' || goneBy === 'reset';
  if (anew === false || goneAt === null || !isGone || goneAt - restart.at > goesWithin) return false;
  // A program may count the frames of each connection anew: only so long a silence shows that it was away for a start.
  const isStart = silence(machine, Math.max(heard.at, restart.at, goneAt), back.at) >= startTakes;
  return isStart && (anew === true || back.at - readAt < staysFor);
}
