import { hb } from '#shared/messages/hb';
import { intervalsKept, withBeat } from '#shared/model/linkMinutes';
import type { MachineState } from '#shared/model/machine';
import { on } from './on';

export const apply = on(hb, (machine, _body, { at, id }) => {
  const { count, last, intervals } = machine.heartbeat;
  // Of a clock that was put back there is none.
  const interval = last === null || at < last ? null : at - last;
  const rhythm = interval === null ? null : rhythmOf(machine, interval, at);
  const { minutes, minute } = withBeat(machine, at);
  return {
    heartbeat: {
      count: count + 1,
      last: at,
      entry: id,
      interval,
      intervals: rhythm === null ? intervals : withInterval(intervals, rhythm),
    },
    minutes,
    minute,
  };
});

/** [ours] ms: a heartbeat that comes so soon after a frame of ours was sent before the machine had it. */
const crossesWithin = 8_000;
/** [ours] ms: what is sent so soon after a heartbeat is its answer, and no later frame of ours. */
const answeredWithin = 1_000;

/** linux counts its heartbeat from the last frame that it handled [field3]. `null`: nobody can tell from which. */
function rhythmOf({ platform, lastSent }: MachineState, interval: number, at: number): number | null {
  const sent = lastSent === null ? Infinity : at - lastSent;
  if (platform !== 'linux' || interval - sent < answeredWithin) return interval;
  return sent < crossesWithin ? null : sent;
}

/** The newest of them. Where all places are taken, as nearly always, one copy without room for more: every machine's newest state outlives a young collection. */
function withInterval(intervals: readonly number[], interval: number): readonly number[] {
  if (intervals.length < intervalsKept) return [...intervals, interval];
  const kept = intervals.slice(-intervalsKept);
  for (let at = 1; at < kept.length; at += 1) kept[at - 1] = kept[at] ?? interval;
  kept[kept.length - 1] = interval;
  return kept;
}
