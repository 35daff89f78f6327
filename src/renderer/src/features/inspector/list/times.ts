import { isoDate } from '../../../text/listTime';

/** The origin of the times in the time column. */
export const timeModes = ['absolute', 'delta', 'relative'] as const;
export type TimeMode = (typeof timeModes)[number];
export const isTimeMode = (value: unknown): value is TimeMode => timeModes.some((mode) => mode === value);

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** `+0.003 s`, `-12.500 s`, `+1:02.250`, `+3:01:02.250`: minutes and hours only if needed. */
export function signedTime(ms: number): string {
  const all = Math.abs(Math.round(ms));
  const sign = ms < 0 ? '-' : '+';
  const hours = Math.floor(all / 3_600_000);
  const minutes = Math.floor(all / 60_000) % 60;
  const seconds = `${Math.floor(all / 1000) % 60}.${pad(all % 1000, 3)}`;
  if (hours > 0) return `${sign}${hours}:${pad(minutes)}:${seconds.padStart(6, '0')}`;
  return minutes > 0 ? `${sign}${minutes}:${seconds.padStart(6, '0')}` : `${sign}${seconds} s`;
}

/** The dates in the time column. */
export type Dates = 'none' | 'day' | 'year';

/** Rows of one day need no dates if that day is today. Rows of another year need the year too. */
export function datesOf(rows: readonly { readonly at: number }[], now: number): Dates {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return 'none';
  const days = [first.at, last.at, now].map(isoDate);
  const isOne = (parts: readonly string[]): boolean => new Set(parts).size === 1;
  if (isOne(days)) return 'none';
  return isOne(days.map((day) => day.slice(0, 4))) ? 'day' : 'year';
}

/** `11-30 10:20:33.123`, with the year if needed. */
export function datedTime(at: number, clock: string, dates: Dates): string {
  if (dates === 'none') return clock;
  const day = isoDate(at);
  return `${dates === 'day' ? day.slice(5) : day} ${clock}`;
}
