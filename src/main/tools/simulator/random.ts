interface Weighted {
  readonly weight: number;
}

/**
 * Seeded random numbers (mulberry32): equal seeds give equal numbers, so a run can be repeated. A fork depends only on the seed and its
 * name, not on earlier draws. An additional draw for the wire therefore does not change a machine's events.
 */
export class Random {
  readonly #seed: number;
  #state: number;

  constructor(seed: number) {
    this.#seed = seed >>> 0;
    this.#state = this.#seed;
  }

  fork(name: string | number): Random {
    let hash = 0x811c9dc5;
    for (const char of `${this.#seed}/${name}`) {
      hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
    }
    return new Random(hash);
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly [T, ...(readonly T[])]): T {
    return list[this.int(0, list.length - 1)] ?? list[0];
  }

  /** Picks a row by its weight. */
  weighted<R extends readonly [Weighted, ...(readonly Weighted[])]>(rows: R): R[number] {
    let left = this.next() * rows.reduce((sum, row) => sum + row.weight, 0);
    for (const row of rows) {
      left -= row.weight;
      if (left < 0) return row;
    }
    return rows[0];
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.int(0, 15).toString(16)).join('');
  }
}
