/** Formats times for people and programs. */

const two = (n: number): string => String(n).padStart(2, '0');

/** Caches the last second: many entries share one, and formatting a date costs more than the rest of a line. */
let known = { second: Number.NaN, text: '', zone: '' };

function secondOf(at: number): typeof known {
  const second = Math.floor(at / 1000);
  if (second === known.second) return known;
  const date = new Date(second * 1000);
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const text = `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const ahead = -date.getTimezoneOffset();
  const minutes = Math.abs(ahead);
  const zone = `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  known = { second, text, zone };
  return known;
}

function thousandths(at: number): string {
  return String(Math.floor(at) - Math.floor(at / 1000) * 1000).padStart(3, '0');
}

/** `2024-05-01 16:00:00.123`, local time: a format that spreadsheets recognise. */
export function localTime(at: number): string {
  return `${secondOf(at).text}.${thousandths(at)}`;
}

/** `2024-05-01T16:00:00.123+08:00`: unambiguous in every time zone (ISO 8601). */
export function isoTime(at: number): string {
  const { text, zone } = secondOf(at);
  return `${text.replace(' ', 'T')}.${thousandths(at)}${zone}`;
}
