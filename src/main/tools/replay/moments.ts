/** Moments as bodies have them, moved to the time of the replay. */
import { wireMoment } from '#shared/messages/common';
import { dayOf, secondOf } from '#shared/messages/times';

/** What moment of the replay stands for a recorded one; ms since 1970. */
export type Clock = (recorded: number) => number;

/**
 * The first frame is sent now. What was before it stays as far away as it was; what came after it comes faster where the replay is
 * faster, so that no frame says a time that is still to come.
 */
export const clockFrom =
  (recordedStart: number, start: number, speed: number): Clock =>
  (recorded) =>
    start + (recorded <= recordedStart ? recorded - recordedStart : (recorded - recordedStart) / speed);

const second = /\d{4}-?\d\d-?\d\d[ T]?\d\d:?\d\d:?\d\d/;
const noon = 12;

/** `yyyyMMdd`, or a text with one `yyyyMMddHHmmss` or `yyyy-MM-dd HH:mm:ss` in it, in the same form; what holds none as it is. */
export function moved(written: string, clock: Clock): string {
  const day = dayIn(written);
  if (day !== null) return dayOf(clock(day));
  return written.replace(second, (found) => {
    const moment = wireMoment(found);
    if (moment === null) return found;
    const fresh = secondOf(clock(moment));
    let next = 0;
    return found.replace(/\d/g, () => fresh.charAt(next++));
  });
}

/** Noon of a text that is a day and nothing else. */
function dayIn(written: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(written);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const at = new Date(year, month - 1, day, noon);
  return at.getMonth() === month - 1 && at.getDate() === day ? at.getTime() : null;
}
