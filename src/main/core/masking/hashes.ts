/** Hashes of every substring of a text, each in constant time (Rabin and Karp). */

/** A prime below 2^26, so that products are exact integers. */
const prime = 67_108_859;
/** Random per run, so that nobody can construct texts with equal hashes. */
const base = 1_000 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % (prime - 2_000));

export function hashOf(text: string): number {
  return new HashesOf(text).of(0, text.length);
}

export class HashesOf {
  /** Hashes of all prefixes, and the powers of the base. */
  readonly #first: Float64Array;
  readonly #powers: Float64Array;

  constructor(text: string) {
    const first = new Float64Array(text.length + 1);
    const powers = new Float64Array(text.length + 1);
    powers[0] = 1;
    for (let at = 0; at < text.length; at += 1) {
      first[at + 1] = ((first[at] ?? 0) * base + text.charCodeAt(at) + 1) % prime;
      powers[at + 1] = ((powers[at] ?? 0) * base) % prime;
    }
    this.#first = first;
    this.#powers = powers;
  }

  readonly of = (from: number, to: number): number => {
    const before = ((this.#first[from] ?? 0) * (this.#powers[to - from] ?? 0)) % prime;
    return ((this.#first[to] ?? 0) - before + prime) % prime;
  };
}
