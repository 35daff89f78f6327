/**
 * The private texts of a support file and their replacements. A replacement has the length of its text, so all other bytes keep their
 * place. Equal texts get equal replacements everywhere.
 */
import type { Secrecy } from '#shared/messages/field';
import { hashOf, HashesOf } from './hashes';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { isMadeUp } from '#shared/model/order';
import { readOrder } from '#shared/model/stored/order';

/** `other`: a text without a known meaning. */
export type PrivateKind = Secrecy | 'code' | 'other';

interface Range {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** Shorter texts are replaced as whole values only, not searched for: every number would contain them. */
const shortestLookedFor = 6;

export class PrivateTexts {
  readonly #standIns = new Map<string, string>();
  /** Lengths of the texts by their first characters, longest first. Thousands of order numbers can begin alike. */
  readonly #lengths = new Map<string, readonly number[]>();
  readonly #kinds = new Map<string, PrivateKind>();
  readonly #hashes = new Set<number>();
  readonly #counts = new Map<PrivateKind, number>();

  /** Finds the text everywhere from now on. */
  add(text: string, kind: PrivateKind): void {
    if (text === '' || this.#kinds.has(text)) return;
    this.#kinds.set(text, kind);
    if (text.length < shortestLookedFor) return;
    this.#hashes.add(hashOf(text));
    const beginning = text.slice(0, shortestLookedFor);
    const lengths = this.#lengths.get(beginning) ?? [];
    if (lengths.includes(text.length)) return;
    this.#lengths.set(
      beginning,
      [...lengths, text.length].toSorted((a, b) => b - a),
    );
  }

  /** Digits for digits, otherwise letters and digits, so that JSON needs no escapes. */
  standIn(text: string, where: PrivateKind): string {
    const known = this.#standIns.get(text);
    if (known !== undefined) return known;
    const kind = this.#kinds.get(text) ?? where;
    const filler = /^\d+$/.test(text) ? '9' : 'x';
    let made = filler.repeat(text.length);
    // A replacement must not contain another private text.
    for (let tries = 0; tries < 50; tries += 1) {
      const number = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, number);
      const next = numbered(kind, number, text.length, filler === '9');
      if (next === null) break;
      made = next;
      if (next !== text && this.#locate(next).length === 0) break;
    }
    this.#standIns.set(text, made);
    return made;
  }

  /** All occurrences of the searched texts, with their replacements. */
  find(text: string): readonly Range[] {
    return this.#locate(text).map(({ from, what }) => ({
      from,
      to: from + what.length,
      by: this.standIn(what, 'other'),
    }));
  }

  #locate(text: string): readonly { readonly from: number; readonly what: string }[] {
    const found: { from: number; what: string }[] = [];
    if (this.#lengths.size === 0) return found;
    let hashes: HashesOf | null = null;
    for (let at = 0; at + shortestLookedFor <= text.length; at += 1) {
      const lengths = this.#lengths.get(text.slice(at, at + shortestLookedFor));
      if (lengths === undefined) continue;
      // Only texts with a matching hash are copied and compared: a sender could send many long texts with the same beginning.
      hashes ??= new HashesOf(text);
      const { of } = hashes;
      const length = lengths.find(
        (one) =>
          at + one <= text.length &&
          this.#hashes.has(of(at, at + one)) &&
          this.#kinds.has(text.slice(at, at + one)),
      );
      if (length === undefined) continue;
      found.push({ from: at, what: text.slice(at, at + length) });
      at += length - 1;
    }
    return found;
  }

  cleaned(text: string): string {
    let clean = '';
    let done = 0;
    for (const { from, to, by } of this.find(text)) {
      clean += text.slice(done, from) + by;
      done = to;
    }
    return done === 0 ? text : clean + text.slice(done);
  }

  /** Replaces private texts in every string of a JSON value, names included. */
  cleanedValue(value: unknown): unknown {
    return mapTexts(value, (text) => this.cleaned(text));
  }
}

export function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, map));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([name, one]) => [map(name), mapTexts(one, map)]));
}

/** `null`: the number does not fit into the length. */
function numbered(kind: PrivateKind, number: number, length: number, inDigits: boolean): string | null {
  if (inDigits) {
    const digits = String(number);
    // Starts with 9, because a JSON number can't start with 0.
    return digits.length < length ? `9${digits.padStart(length - 1, '0')}` : null;
  }
  const short = number.toString(36);
  if (length < kind.length + 1 + short.length)
    return short.length < length ? `${kind.charAt(0)}${short.padStart(length - 1, '0')}` : null;
  return `${kind}-${short.padStart(length - kind.length - 1, '0')}`;
}

/** The newest orders searched for; the logs no longer contain older ones. */
const ordersLookedFor = 100_000;

/** Private texts known in advance: verification codes, and the recorded orders. `db`: `null` without a journal. */
export function knownTexts(db: DatabaseSyncInstance | null, codes: readonly string[]): PrivateTexts {
  const texts = new PrivateTexts();
  for (const code of codes) texts.add(code, 'code');
  if (db === null) return texts;
  const rows = db
    .prepare('SELECT order_no, body FROM orders ORDER BY id DESC LIMIT ?')
    .iterate(ordersLookedFor) as Iterable<{ readonly order_no: string; readonly body: string }>;
  for (const { order_no: number, body } of rows) {
    if (!isMadeUp(number)) texts.add(number.trim(), 'order');
    for (const payment of Object.values(readOrder(body)?.qr ?? {})) texts.add(payment.trim(), 'payment');
  }
  return texts;
}
