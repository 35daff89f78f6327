import { hb } from '#shared/messages/hb';
import { intervalsKept, withBeat } from '#shared/model/linkMinutes';
import type { MachineState } from '#shared/model/machine';
import { on } from './on';

export const onHb = on(hb, (machine, _body, { at, id }) => {
  const { count, last, intervals } = machine.heartbeat;
  // After the clock was set back there is no interval.
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

/** [ours] ms. The machine sent a heartbeat this soon after a frame of Crema before it handled that frame. */
const crossesWithin = 8_000;
/** [ours] ms. A frame sent this soon after a heartbeat is the answer to it. */
const answeredWithin = 1_000;

/** linux counts its heartbeat interval from the last frame that it handled [field3]. `null`: that frame is unknown. */
function rhythmOf({ platform, lastSent }: MachineState, interval: number, at: number): number | null {
  const sent = lastSent === null ? Infinity : at - lastSent;
  if (platform !== 'linux' || interval - sent < answeredWithin) return interval;
  return sent < crossesWithin ? null : sent;
}

/**
 * The newest intervals. The list is nearly always full, so it is copied once without spare capacity:
 * every machine's newest state survives a young-generation garbage collection.
 */
function withInterval(intervals: readonly number[], interval: number): readonly number[] {
  if (intervals.length < intervalsKept) return [...intervals, interval];
  const kept = intervals.slice(-intervalsKept);
  for (let at = 1; at < kept.length; at += 1) kept[at - 1] = kept[at] ?? interval;
  kept[kept.length - 1] = interval;
  return kept;
}
