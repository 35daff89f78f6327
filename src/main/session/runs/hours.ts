/** The hours in which steps of a run may begin. A clock that is set anew, or put on by an hour, is asked each time anew. */
import type { Hours } from '#shared/model/run';

const day = 86_400_000;
const minute = 60_000;

/**
 * When they begin next; `null`: they have begun and not ended. `localOffset`: ms that this computer's clock is ahead of UTC then.
 */
export function opensAt(
  { from, to }: Hours,
  now: number,
  localOffset: (at: number) => number,
): number | null {
  const local = now + localOffset(now);
  const midnight = Math.floor(local / day) * day;
  const since = (local - midnight) / minute;
  const isOpen = from < to ? since >= from && since < to : since >= from || since < to;
  if (isOpen) return null;
  const next = midnight + from * minute + (since < from ? 0 : day);
  // The clock may be put on or back until then.
  return next - localOffset(next - localOffset(now));
}
