import { hb } from '#shared/messages/hb';
import { intervalsKept, withBeat } from '#shared/model/linkMinutes';
import { on } from './on';

export const apply = on(hb, (machine, _body, { at, id }) => {
  const { count, last, intervals } = machine.heartbeat;
  // Of a clock that was put back there is none.
  const interval = last === null || at < last ? null : at - last;
  const { minutes, minute } = withBeat(machine, at);
  return {
    heartbeat: {
      count: count + 1,
      last: at,
      entry: id,
      interval,
      intervals: interval === null ? intervals : withInterval(intervals, interval),
    },
    minutes,
    minute,
  };
});

/** The newest of them. Where all places are taken, as nearly always, one copy without room for more: every machine's newest state outlives a young collection. */
function withInterval(intervals: readonly number[], interval: number): readonly number[] {
  if (intervals.length < intervalsKept) return [...intervals, interval];
  const kept = intervals.slice(-intervalsKept);
  for (let at = 1; at < kept.length; at += 1) kept[at - 1] = kept[at] ?? interval;
  kept[kept.length - 1] = interval;
  return kept;
}
