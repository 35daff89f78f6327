/** Whether a machine that logs in has restarted. A link that dropped and returned is not evidence. */
import type { FindingCode } from '../findings';
import type { Heard, MachineState } from './machine';

/** [ours] ms after the command in which a restarting machine is last heard: its link closes within seconds. */
export const goesWithin = 15_000;
/** [ours] ms. No machine starts faster. */
const startTakes = 60_000;
/**
 * [ours] ms after the last received data in which no program reconnects without a restart. Without one, linux reconnects 120 to 240 s after
 * the last byte, android 120 s after the last frame [field].
 */
const staysFor = 118_000;

/**
 * Whether an offline machine may be restarting because of a command: after the command it was not heard for longer than a shutdown takes.
 * `within`: that time in ms, by the command.
 */
export function isRestarting(
  { restart }: Pick<MachineState, 'restart'>,
  within: (cmd: string) => number,
): boolean {
  if (restart === null) return false;
  const { value, at, heard } = restart;
  return heard === null || heard.at - at <= within(value);
}

/** Facts about a login: time and connection of its frame, and the frame's number if the head has one. */
interface Arrival extends Heard {
  readonly conn: number;
}

/** Findings after which the length of a silence is unknown. */
export const losesTime = [
  'link.startedAnew',
  'link.asleep',
  'link.clockForward',
  'link.clockBack',
] as const satisfies readonly FindingCode[];

/**
 * Length of the silence before `at`, as far as Crema could have heard anything: since `since`, or since the latest of these findings after it.
 * After the clock was set back, findings in the future do not count.
 */
export function silence({ findings }: Pick<MachineState, 'findings'>, since: number, at: number): number {
  const lost = losesTime.map((code) => findings[code]?.last ?? 0).filter((last) => last <= at);
  return at - Math.max(since, ...lost);
}

/**
 * ms between two times, without changes of this computer's clock between them: the last one forward and the last one back. `entry`: the
 * entry at `from`; `null`: unknown. Without it, a step back is not seen after more time than the clock was set back.
 */
export function lapse(
  { findings }: Pick<MachineState, 'findings'>,
  from: number,
  to: number,
  entry: number | null = null,
): number {
  const forward = findings['link.clockForward'];
  const back = findings['link.clockBack'];
  const msOf = (step: typeof back): number => Number(step?.params['ms'] ?? 0);
  // A time before the clock was set back can be in the future.
  const isBefore = (step: typeof back, other: typeof back): boolean =>
    step !== undefined && step.entry < (other?.entry ?? 0) && (other?.last ?? 0) <= from;
  const isSince = (step: typeof back): boolean => entry !== null && step !== undefined && step.entry > entry;
  const isForward =
    entry === null
      ? forward !== undefined && forward.last > from && !isBefore(forward, back)
      : isSince(forward);
  const isBack =
    entry === null
      ? back !== undefined && (back.last > from || from > to) && !isBefore(back, forward)
      : isSince(back);
  return to - from - (isForward ? msOf(forward) : 0) + (isBack ? msOf(back) : 0);
}

/** [ours] ms. Messages within this time may have been held back together. */
export const together = 2_000;

/** `lapse` before this message; `Infinity`: unknown, because the clock was set back twice. `before`: the state before the message. */
export function elapsed(
  before: Pick<MachineState, 'findings'> | null,
  from: number,
  to: number,
  entry: number | null = null,
): number {
  const ms = before === null ? to - from : lapse(before, from, to, entry);
  return ms < -together ? Infinity : ms;
}

/**
 * A dead link proves nothing, because the program reconnects by itself. The machine must have closed its connection within seconds, and
 * returned after the time of a start, but before it would reconnect anyway. `machine`: state before the login; `readAt`: time at which it
 * certainly read a frame of Crema.
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
    // The login count starts again with the program, and otherwise increases [field].
    if (loginCount < before) return true;
    if (loginCount > before) return false;
  }
  if (restart === null || restart.conn === entry.conn || lastHeard === null) return false;
  // Messages before the login on the new connection end the silence, and begin the frame count there.
  const heard = restart.heard ?? { at: lastHeard, sequence };
  const back = restart.back ?? entry;
  if (heard.at - restart.at > goesWithin) return false;
  const isCountRestarted =
    back.sequence === null || heard.sequence === null ? null : back.sequence < heard.sequence;
  // The login count equals the first one as before, and the frame count starts again.
  if (before !== null && loginCount === before && isCountRestarted === true) return true;
  // After the clock was set back, the times do not show for how long the machine was heard after the command.
  if ((machine.findings['link.clockBack']?.entry ?? 0) > restart.entry) return false;
  const { goneAt, goneBy } = restart;
  const isGone = goneBy === 'machineClosed' || goneBy === 'reset';
  if (isCountRestarted === false || goneAt === null || !isGone || goneAt - restart.at > goesWithin)
    return false;
  // A program may restart the frame count with each connection, so only a long silence proves a start.
  const isStart = silence(machine, Math.max(heard.at, restart.at, goneAt), back.at) >= startTakes;
  return isStart && (isCountRestarted === true || back.at - readAt < staysFor);
}
