/** Hashes of every piece of a text, each in one step (Rabin and Karp). */

/** A prime below 2^26: products stay whole numbers. */
const prime = 67_108_859;
/** Of this run, so that nobody can make texts that share their hash. */
const base = 1_000 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % (prime - 2_000));

export function hashOf(text: string): number {
  return new HashesOf(text).of(0, text.length);
}

export class HashesOf {
  /** Of the first so many characters, and the base to that power. */
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
