/**
 * Stand-ins: texts that replace private texts. A stand-in depends on the key and the text only, so equal texts get equal stand-ins on every
 * computer with this key, after every restart. Without the key, nobody can find a text by trying all texts of its form.
 */
import { Buffer } from 'node:buffer';
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** Shows that a text is a stand-in, where enough other characters remain. */
const mark = 'masked-';
const shortestMarked = 16;
/** Stand-ins kept, because the same order number occurs in several messages. */
const mostKept = 10_000;
/** A stand-in that equals its text is made again. Very short texts have too few others. */
const mostTries = 4;

export class StandIns {
  readonly #key: KeyObject;
  readonly #kept = new Map<string, string>();

  /** @throws Error if the key is not 32 bytes */
  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new Error('a masking key has 32 bytes');
    this.#key = createSecretKey(key);
  }

  /**
   * As long as the text. Digits for digits, otherwise letters, so that JSON needs no escapes. The form of single characters is not kept: the
   * places of the digits would reveal a part of a hash.
   */
  of(text: string): string {
    const known = this.#kept.get(text);
    if (known !== undefined) return known;
    let made = '';
    for (let tries = 0; tries < mostTries; tries += 1) {
      made = /^\d+$/.test(text) ? this.#digits(text, tries) : this.#letters(text, tries);
      if (made !== text) break;
    }
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(text, made);
    return made;
  }

  /** Starts with 9, because a JSON number can't start with 0. */
  #digits(text: string, tries: number): string {
    return `9${this.#signs(text, tries, 48, 10)}`.slice(0, text.length).padEnd(text.length, '0');
  }

  #letters(text: string, tries: number): string {
    const before = text.length < shortestMarked ? '' : mark;
    return `${before}${this.#signs(text, tries, 97, 26)}`.slice(0, text.length).padEnd(text.length, 'x');
  }

  /** 32 of the `count` characters from `first`. */
  #signs(text: string, tries: number, first: number, count: number): string {
    const bytes = createHmac('sha256', this.#key)
      .update(Buffer.from([tries]))
      .update(text, 'utf8')
      .digest();
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = first + ((bytes[at] ?? 0) % count);
    return bytes.toString('latin1');
  }
}
