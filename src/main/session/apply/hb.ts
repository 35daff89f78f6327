import { hb } from '#shared/messages/hb';
import { intervalsKept, withBeat } from '#shared/model/linkMinutes';
import { on } from './on';

export const apply = on(hb, ({ heartbeat: { count, last, intervals }, minutes }, _body, { at, id }) => {
  const interval = last === null ? null : at - last;
  return {
    heartbeat: {
      count: count + 1,
      last: at,
      entry: id,
      interval,
      // Not spread: that keeps room for three times as many, and every machine's newest state outlives a young collection.
      intervals: interval === null ? intervals : intervals.slice(1 - intervalsKept).concat(interval),
    },
    minutes: withBeat(minutes, at),
  };
});
