/** Creates new order numbers in the form of the old ones. */
import { createHash } from 'node:crypto';
import { wireMoment } from '#shared/messages/common';
import { moved, type Clock } from './moments';

const digits = '0123456789';
const hexes = [`${digits}abcdef`, `${digits}ABCDEF`] as const;
const letters = ['abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'] as const;

/** The earliest timestamp accepted at the beginning of an order number. */
const earliest = new Date(2015, 0, 1).getTime();

/**
 * Deterministic: equal numbers give equal results, different numbers different ones, with the same length and kinds of characters.
 * Each character moves within its kind by a distance that depends on `salt` and its position. `clock` moves a timestamp at the beginning.
 * `0` and empty texts name no order and stay.
 */
export function freshOrderNumber(old: string, salt: string, clock: Clock | null): string {
  if (/^0*$/.test(old)) return old;
  const beginning = clock === null ? null : old.slice(0, 14);
  const moment = beginning === null || !/^\d{14}$/.test(beginning) ? null : wireMoment(beginning);
  if (clock !== null && beginning !== null && moment !== null && moment >= earliest) {
    const now = moved(beginning, clock) + turned(old.slice(14), salt);
    if (now !== old) return now;
  }
  return turned(old, salt);
}

function turned(old: string, salt: string): string {
  const alphabets = alphabetsOf(old);
  let steps = createHash('sha256').update(salt).digest();
  while (steps.length < old.length)
    steps = Buffer.concat([steps, createHash('sha256').update(steps).digest()]);
  return Array.from(old)
    .map((character, at) => {
      const alphabet = alphabets.find((one) => one.includes(character));
      // A leading zero stays and no other digit becomes zero: an unquoted number must stay a number.
      if (alphabet === undefined || (at === 0 && character === '0')) return character;
      const from = at === 0 && digits.includes(character) && alphabet === digits ? 1 : 0;
      const size = alphabet.length - from;
      const step = 1 + ((steps[at] ?? 0) % (size - 1));
      return alphabet.charAt(from + ((alphabet.indexOf(character) - from + step) % size));
    })
    .join('');
}

function alphabetsOf(old: string): readonly string[] {
  if (/^\d+$/.test(old)) return [digits];
  const hex = hexes.find(
    (alphabet) => old.length >= 16 && Array.from(old).every((one) => alphabet.includes(one)),
  );
  return hex === undefined ? [digits, ...letters] : [hex];
}
