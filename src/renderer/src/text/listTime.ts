/** Times in lists: short, so that they fit into a column. */
import type { Words } from './words';

const pad = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-30`, by this computer's clock. */
export function isoDate(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Today the time of day, on another day the date and the minute. */
export function listTime({ clock }: Pick<Words, 'clock'>, at: number, now: number): string {
  const day = isoDate(at);
  return day === isoDate(now) ? clock(at).slice(0, 8) : `${day} ${clock(at).slice(0, 5)}`;
}
