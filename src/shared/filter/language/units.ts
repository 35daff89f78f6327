/** Parses and formats numbers with units in a filter. */
import type { FieldSpec } from './fields';

const plain = /^[+-]?\d{1,16}(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?$/i;
const sized = /^(\d{1,16}(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?)(b|k|kb|kib|m|mb|mib)?$/i;
const timed = /^([+-]?\d{1,16}(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?)(ms|s|m|h|毫秒|秒|分|分钟|小时)?$/i;
const msOf: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['秒', 1_000],
  ['m', 60_000],
  ['分', 60_000],
  ['分钟', 60_000],
  ['h', 3_600_000],
  ['小时', 3_600_000],
]);
const yuan = /^[¥￥]?(\d{1,13})(?:\.(\d{1,2}))?(?:元|yuan)?$/i;
const duration = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/i;

/** A number of the unit; `null`: invalid, or too many digits. */
export function readNumber(unit: NonNullable<FieldSpec['number']>, text: string): number | null {
  if (unit === 'fen') {
    const [, whole, cents = ''] = yuan.exec(text) ?? [];
    return whole === undefined ? null : Number(whole) * 100 + Number(cents.padEnd(2, '0'));
  }
  const match = (unit === 'bytes' ? sized : unit === 'ms' ? timed : plain).exec(text);
  if (match === null) return null;
  const letters = match[2]?.toLowerCase() ?? '';
  const letter = unit === 'bytes' ? letters[0] : undefined;
  const factor =
    unit === 'ms' ? (msOf.get(letters) ?? 1) : letter === 'k' ? 1024 : letter === 'm' ? 1024 ** 2 : 1;
  // `+ 0` converts -0 to 0.
  const number = Number(unit === 'plain' ? text : match[1]) * factor + 0;
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : null;
}

export function writeNumber(unit: NonNullable<FieldSpec['number']>, value: number): string {
  if (unit !== 'fen') return String(value);
  const whole = Math.floor(value / 100);
  return value % 100 === 0 ? String(whole) : `${whole}.${String(value % 100).padStart(2, '0')}`;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `1h30m` in ms. */
export function readDuration(text: string): number | null {
  const match = duration.exec(text);
  if (match === null || text === '') return null;
  const [, d = '0', h = '0', m = '0', s = '0'] = match;
  return Number(d) * day + Number(h) * hour + Number(m) * minute + Number(s) * second;
}

/** Whole seconds, in the largest units that are exact. */
export function writeDuration(ms: number): string {
  let rest = ms;
  let written = '';
  for (const [unit, letter] of [
    [day, 'd'],
    [hour, 'h'],
    [minute, 'm'],
    [second, 's'],
  ] as const) {
    const count = Math.floor(rest / unit);
    if (count > 0) written += `${count}${letter}`;
    rest -= count * unit;
  }
  return written === '' ? '0s' : written;
}
