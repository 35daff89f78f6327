/** The hours in which steps of a run may begin. A clock that is set anew, or put on by an hour, is asked each time anew. */
import type { Hours } from '#shared/model/run';

const day = 86_400_000;
const minute = 60_000;

/** Minutes that a clock is put on by at most. */
const mostPutOn = 120;

/**
 * When they begin next; `null`: they have begun and not ended. `localOffset`: ms that this computer's clock is ahead of UTC then.
 */
export function opensAt(
  { from, to }: Hours,
  now: number,
  localOffset: (at: number) => number,
): number | null {
  const shownAt = (at: number): number => at + localOffset(at);
  const minuteOf = (shown: number): number => (shown - Math.floor(shown / day) * day) / minute;
  const isOpen = (at: number): boolean => {
    const since = minuteOf(shownAt(at));
    return from < to ? since >= from && since < to : since >= from || since < to;
  };
  if (isOpen(now)) return null;
  const local = shownAt(now);
  const midnight = Math.floor(local / day) * day;
  const first = midnight + from * minute + (minuteOf(local) < from ? 0 : day);
  // The clock may be put on or back until then.
  const beginning = (shown: number): number => shown - localOffset(shown - localOffset(now));
  // Put on past their beginning it shows them later, and past all of them not on that day.
  for (let late = 0; late <= mostPutOn; late += 1) {
    const at = beginning(first) + late * minute;
    if (isOpen(at)) return at;
  }
  return beginning(first + day);
}
