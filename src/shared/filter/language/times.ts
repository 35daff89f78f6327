/** Times in a filter: `-2h`, `2026-11-24`, `2026-11-24 10:30`, `10:30` (today), `today`. By this computer's clock. */
import type { Moment } from './tree';
import { readDuration, writeDuration } from './units';

const calendar =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2}))?(?:(?:^|[ T])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?(Z)?$/i;

const daysBack: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['今天', 0],
  ['yesterday', 1],
  ['昨天', 1],
]);

/** `null`: not a time. `now`: reference of `-2h` and `10:30`. */
export function readMoment(text: string, now: number): Moment | null {
  const written = text.trim().replace(/\s+/g, ' ');
  if (written.toLowerCase() === 'now' || written === '现在') return { kind: 'ago', ms: 0, at: now };
  if (written.startsWith('-')) {
    const ms = readDuration(written.slice(1));
    return ms === null ? null : { kind: 'ago', ms, at: now - ms };
  }
  const today = new Date(now);
  const back = daysBack.get(written.toLowerCase());
  if (back !== undefined)
    return dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - back));
  const match = calendar.exec(written);
  if (match === null || written === '') return null;
  const [, year, month, date, hours, minutes, seconds, fraction, zone] = match;
  if (year === undefined && hours === undefined) return null;
  const parts = [
    year === undefined ? today.getFullYear() : Number(year),
    month === undefined ? today.getMonth() : Number(month) - 1,
    date === undefined ? today.getDate() : Number(date),
    Number(hours ?? 0),
    Number(minutes ?? 0),
    Number(seconds ?? 0),
    Number((fraction ?? '').padEnd(3, '0')),
  ] as const;
  // Refuses impossible dates such as 30 February.
  const utc = Date.UTC(...parts);
  const check = new Date(utc);
  if (check.getUTCMonth() !== parts[1] || check.getUTCDate() !== parts[2]) return null;
  if (parts[3] > 23 || parts[4] > 59 || parts[5] > 59 || parts[0] < 1970) return null;
  if (zone !== undefined && (year === undefined || hours === undefined)) return null;
  const from = zone === undefined ? new Date(...parts).getTime() : utc;
  if (hours === undefined) return dayOf(new Date(from));
  const length = fraction !== undefined ? 1 : seconds !== undefined ? 1000 : 60_000;
  return { kind: 'at', from, to: from + length };
}

/** The whole day: 23 or 25 hours when clocks change. */
function dayOf(start: Date): Moment {
  const next = new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1);
  return { kind: 'at', from: start.getTime(), to: next.getTime() };
}

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

const isSecondTime = (time: Date): boolean =>
  new Date(
    time.getFullYear(),
    time.getMonth(),
    time.getDate(),
    time.getHours(),
    time.getMinutes(),
    time.getSeconds(),
    time.getMilliseconds(),
  ).getTime() !== time.getTime();

/** In the syntax of `readMoment`; may contain a blank. */
export function writeMoment(moment: Moment): string {
  if (moment.kind === 'ago') return `-${writeDuration(moment.ms)}`;
  const from = new Date(moment.from);
  const date = `${from.getFullYear()}-${pad(from.getMonth() + 1)}-${pad(from.getDate())}`;
  const length = moment.to - moment.from;
  if (length > 60_000) return date;
  // In a repeated hour, the local time means the first occurrence.
  if (isSecondTime(from))
    return `${from.toISOString().slice(0, length === 60_000 ? 16 : length === 1000 ? 19 : 23)}Z`;
  const time = `${date} ${pad(from.getHours())}:${pad(from.getMinutes())}`;
  if (length === 60_000) return time;
  const seconds = `${time}:${pad(from.getSeconds())}`;
  return length === 1000 ? seconds : `${seconds}.${pad(from.getMilliseconds(), 3)}`;
}

export const startOf = (moment: Moment): number => (moment.kind === 'ago' ? moment.at : moment.from);
/** The first millisecond after it. */
export const endOf = (moment: Moment): number => (moment.kind === 'ago' ? moment.at + 1 : moment.to);
