/** Pure functions for a run: what holds machines back, which machines start together, and when to stop. */
import {
  isKept,
  type FirstWave,
  type Run,
  type RunCounts,
  type RunMachine,
  type RunWait,
  type Waves,
} from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import { opensAt } from './hours';
import { nextStep } from './line';

/** A run and the progress of its machines. */
export interface Progress {
  readonly run: Run;
  readonly lines: ReadonlyMap<number, RunMachine>;
  /** Machines whose next step may begin. */
  readonly ready: ReadonlySet<number>;
  /** Machines not begun yet, in order. */
  readonly waiting: ReadonlySet<number>;
  /** End of the rest of machines that could not be given their command, by the clock at that time. */
  readonly resting: Map<number, number>;
  /** Machines begun and not ended. */
  readonly active: ReadonlySet<number>;
  /** When the last of the begun machines ended; `null`: none has ended. */
  readonly endedAt: number | null;
}

/** Nothing begins before `nextAt`, for the reason `waits`. `nextAt` null: the time is unknown. */
export interface Gate {
  readonly waits: RunWait;
  readonly nextAt: number | null;
}

export interface Now {
  readonly now: () => number;
  /** ms by which this computer's clock is ahead of UTC at a time. */
  readonly localOffset: (at: number) => number;
  readonly isOnline: (vmcNo: number) => boolean;
  /** Only the next login will show whether the machine already has the result of this step. */
  readonly awaitsLogin: (vmcNo: number, step: RunStep) => boolean;
  /** The reason why commands of a persistent run cannot be given now. */
  readonly hindered: () => 'disk' | 'updatesOff' | null;
}

/** The reason why no step may begin; `null`: none. */
export function gateOf(run: Run, { now, localOffset, hindered }: Now): Gate | null {
  const { hours } = run.waves;
  const nextAt = hours === null ? null : opensAt(hours, now(), localOffset);
  if (nextAt !== null) return { waits: 'hours', nextAt };
  const missing = isKept(run) ? hindered() : null;
  return missing === null ? null : { waits: missing, nextAt: null };
}

/** The first wave is not complete. All others depend on it. */
const isFirst = ({ run: { first } }: Progress): boolean => first === 'awaited';

/** All machines start at once, so later ones do not wait. */
const areLate = ({ waves, wave }: Run): boolean =>
  waves.atOnce === null && wave > (waves.first === null ? 0 : 1);

/** The reason why the next wave may not begin, when steps may. */
function pauseOf(progress: Progress, { now }: Now): Gate | null {
  const { run, endedAt } = progress;
  const { pause } = run.waves;
  if (run.wave === 0 || pause === 0 || endedAt === null || isFirst(progress) || areLate(run)) return null;
  const nextAt = endedAt + pause * 1_000;
  return now() < nextAt ? { waits: 'wave', nextAt } : null;
}

/** The machines that begin together now, and the number of their wave. */
export function nextWave(
  progress: Progress,
  now: Now,
): { readonly lines: readonly RunMachine[]; readonly wave: number } {
  const { run, lines, waiting, active } = progress;
  const wave = isFirst(progress) ? 1 : run.wave + 1;
  const mustWait = !isFirst(progress) && !areLate(run) && active.size > 0;
  if (waiting.size === 0 || mustWait || pauseOf(progress, now) !== null) return { lines: [], wave };
  const most = isFirst(progress) ? missingOf(progress) : (run.waves.atOnce ?? Infinity);
  const found: RunMachine[] = [];
  for (const id of waiting) {
    if (found.length >= most) break;
    const line = lines.get(id);
    if (line === undefined || !isRested(progress, id, now.now())) continue;
    if (!isAway(run, line, now)) found.push(line);
  }
  return { lines: found, wave };
}

/** True if a machine of a persistent run must log in before its next step. */
export function isAway(run: Run, line: RunMachine, { isOnline, awaitsLogin }: Now): boolean {
  const step = nextStep(line, run.steps);
  if (!isKept(run) || step === undefined) return false;
  return !isOnline(line.vmcNo) || awaitsLogin(line.vmcNo, step);
}

/** A clock that was set back does not prolong a rest. */
function isRested({ resting }: Progress, id: number, now: number): boolean {
  const until = resting.get(id);
  if (until !== undefined && Math.abs(until - now) <= 1_000 && now < until) return false;
  resting.delete(id);
  return true;
}

/**
 * The reason why nothing begins; `null`: something does, or nothing is
 * left. `gate`: the reason why no step may begin.
 */
export function waitsOf(progress: Progress, gate: Gate | null, now: Now): Gate | null {
  const { run, waiting, ready, active } = progress;
  if (gate !== null && waiting.size + ready.size > 0) return gate;
  if (active.size > 0 || waiting.size === 0) return null;
  return pauseOf(progress, now) ?? (isKept(run) ? { waits: 'logins', nextAt: null } : null);
}

/** Count of machines still missing in the first wave. */
function missingOf({ run, lines, active }: Progress): number {
  const proved = [...lines.values()].filter(({ wave, state }) => wave === 1 && state === 'done').length;
  return Math.max(0, (run.waves.first ?? 0) - proved - active.size);
}

/** The result of the first wave. */
export function firstWave({ run: { first, waves }, lines, waiting, active }: Progress): FirstWave | null {
  if (first !== 'awaited' && first !== 'unproved') return first;
  const ended = [...lines.values()].filter(({ id, wave }) => wave === 1 && !active.has(id));
  if (ended.some(({ state }) => state !== 'done')) return 'unproved';
  const isWhole = waiting.size === 0 && active.size === 0 && ended.length > 0;
  return isWhole || ended.length >= (waves.first ?? 0) ? 'proved' : 'awaited';
}

/** So many machines have failed that no other may begin. */
export function isEnough({ stopAfter, stopShare }: Waves, counts: RunCounts): boolean {
  const { failed, waiting: _, leftOut: __, ...others } = counts;
  if (stopAfter !== null && failed >= stopAfter) return true;
  const begun = failed + Object.values(others).reduce((sum, count) => sum + count, 0);
  return stopShare !== null && failed > 0 && failed * 100 >= stopShare * begun;
}
