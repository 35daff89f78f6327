/** Moves timestamps in bodies to the time of the replay. */
import { wireMoment } from '#shared/messages/common';
import { dayOf, secondOf } from '#shared/messages/times';

/** Maps a recorded time to a time of the replay; ms since 1970. */
export type Clock = (recorded: number) => number;

/**
 * The first frame is sent now. Earlier times keep their distance. Later times are divided by the replay's speed, so that no frame has a
 * timestamp in the future.
 */
export const clockFrom =
  (recordedStart: number, start: number, speed: number): Clock =>
  (recorded) =>
    start + (recorded <= recordedStart ? recorded - recordedStart : (recorded - recordedStart) / speed);

const second = /\d{4}-?\d\d-?\d\d[ T]?\d\d:?\d\d:?\d\d/;
const noon = 12;

/** Moves `yyyyMMdd`, or the one `yyyyMMddHHmmss` or `yyyy-MM-dd HH:mm:ss` in a text, in the same form. Other texts stay unchanged. */
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

/** Noon of the day, if the text is a day only. */
function dayIn(written: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(written);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const at = new Date(year, month - 1, day, noon);
  return at.getMonth() === month - 1 && at.getDate() === day ? at.getTime() : null;
}
