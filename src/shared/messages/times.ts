/** Formats times for bodies, in this computer's time zone. */
const two = (n: number): string => String(n).padStart(2, '0');

const clockOf = (t: Date): readonly [string, string, string] => [
  two(t.getHours()),
  two(t.getMinutes()),
  two(t.getSeconds()),
];

/** `yyyy-MM-dd` */
export const dateOf = (t: Date): string => `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())}`;

/** `yyyyMMdd` */
export const dayOf = (ms: number): string => dateOf(new Date(ms)).replaceAll('-', '');

/** `yyyyMMddHHmmss` */
export const secondOf = (ms: number): string => dayOf(ms) + clockOf(new Date(ms)).join('');

/** `yyyy-MM-dd HH:mm:ss` [doc 3.2] */
export function dateTimeOf(ms: number): string {
  const t = new Date(ms);
  return `${dateOf(t)} ${clockOf(t).join(':')}`;
}
