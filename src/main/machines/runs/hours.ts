/**
 * The hours in which steps of a run may begin. Computed again each time, because
 * the clock can be set or change for daylight saving time.
 */
import type { Hours } from '#shared/model/run';

const day = 86_400_000;
const minute = 60_000;

/** Maximum minutes by which a clock is put forward. */
const mostPutOn = 120;

/**
 * When the hours begin next; `null`: they have begun and not ended. `localOffset`:
 * ms by which this computer's clock is ahead of UTC at a time.
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
  // The clock may change for daylight saving time until then.
  const beginning = (shown: number): number => shown - localOffset(shown - localOffset(now));
  // If the change skips the beginning, the hours begin later; if it skips all of them, they do not occur on that day.
  for (let late = 0; late <= mostPutOn; late += 1) {
    const at = beginning(first) + late * minute;
    if (isOpen(at)) return at;
  }
  return beginning(first + day);
}
