/**
 * The private texts known so far, and their stand-ins. A stand-in has the length of its text, so all other bytes keep their place.
 */
import { HashesOf } from './hashes';
import { StandIns } from './standIns';
import { shortestLookedFor, TextIndex } from './textIndex';

interface Found {
  readonly from: number;
  readonly to: number;
}

/** Characters of learnt texts: more than 200,000 order numbers. Older texts are forgotten. */
const mostCharacters = 8_000_000;

export class PrivateTexts {
  readonly #standIns: StandIns;
  /** Never forgotten. */
  readonly #codes = new TextIndex();
  /** The newest texts, and those before them. A text in use moves to the newest. */
  #newest = new TextIndex();
  #older = new TextIndex();
  readonly #most: number;

  /** `key`: 32 secret bytes. `codes`: verification codes. `most`: characters of learnt texts. */
  constructor(key: Uint8Array, codes: readonly string[], most = mostCharacters) {
    this.#standIns = new StandIns(key);
    this.addCodes(codes);
    this.#most = most;
  }

  /** Codes that are never forgotten. */
  addCodes(codes: readonly string[]): void {
    for (const code of codes) this.#codes.add(code);
  }

  /** Finds the text everywhere from now on. */
  add(text: string): void {
    if (this.#newest.has(text)) return;
    if (this.#newest.characters + text.length > this.#most / 2) {
      this.#older = this.#newest;
      this.#newest = new TextIndex();
    }
    this.#newest.add(text);
  }

  standIn(text: string): string {
    return this.#standIns.of(text);
  }

  /** All occurrences of the known texts, in order, without overlaps. */
  find(text: string): readonly Found[] {
    const found: Found[] = [];
    let made: HashesOf | null = null;
    const hashes = (): HashesOf => (made ??= new HashesOf(text));
    for (let at = 0; at + shortestLookedFor <= text.length; at += 1) {
      const beginning = text.slice(at, at + shortestLookedFor);
      const length = Math.max(
        this.#codes.lengthAt(text, at, beginning, hashes),
        this.#newest.lengthAt(text, at, beginning, hashes),
        this.#older.lengthAt(text, at, beginning, hashes),
      );
      if (length === 0) continue;
      found.push({ from: at, to: at + length });
      at += length - 1;
    }
    return found;
  }

  cleaned(text: string): string {
    let clean = '';
    let done = 0;
    for (const { from, to } of this.find(text)) {
      clean += text.slice(done, from) + this.standIn(text.slice(from, to));
      done = to;
    }
    return done === 0 ? text : clean + text.slice(done);
  }
}
