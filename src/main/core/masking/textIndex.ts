/** Finds many texts in a text, in one pass. */
import { hashOf, type HashesOf } from './hashes';

/** Shorter texts are not searched for: every number would contain them. */
export const shortestLookedFor = 6;

export class TextIndex {
  readonly #texts = new Set<string>();
  /** Lengths of the texts by their first characters, longest first. Thousands of order numbers can begin alike. */
  readonly #lengths = new Map<string, readonly number[]>();
  readonly #hashes = new Set<number>();
  #characters = 0;

  /** Characters of all texts. */
  get characters(): number {
    return this.#characters;
  }

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length < shortestLookedFor || this.#texts.has(text)) return;
    this.#texts.add(text);
    this.#characters += text.length;
    this.#hashes.add(hashOf(text));
    const beginning = text.slice(0, shortestLookedFor);
    const lengths = this.#lengths.get(beginning) ?? [];
    if (lengths.includes(text.length)) return;
    this.#lengths.set(
      beginning,
      [...lengths, text.length].toSorted((a, b) => b - a),
    );
  }

  /** The length of the longest text at this place, which begins with `beginning`; 0: none. */
  lengthAt(text: string, at: number, beginning: string, hashes: () => HashesOf): number {
    const lengths = this.#lengths.get(beginning);
    if (lengths === undefined) return 0;
    // Only texts with a matching hash are copied and compared: a sender could send many long texts with the same beginning.
    const { of } = hashes();
    return (
      lengths.find(
        (one) =>
          at + one <= text.length &&
          this.#hashes.has(of(at, at + one)) &&
          this.#texts.has(text.slice(at, at + one)),
      ) ?? 0
    );
  }
}
