/** What was written to all connections and is not taken: bounded for each, as one that does not take is not answered, and bounded in all. */

/** Bytes in all. Beyond it whoever has not taken anything for longest is let go of. */
const usualLimit = 64 * 1024 ** 2;

export interface NotReading {
  readonly giveUp: (bytes: number) => void;
}

export class Unsent {
  readonly #limit: number;
  /** Bytes by connection; whoever began first not to take any is first. */
  readonly #waiting = new Map<NotReading, number>();
  #bytes = 0;

  constructor(limit = usualLimit) {
    this.#limit = limit;
  }

  /** So many bytes wait for it now. */
  waits(one: NotReading, bytes: number): void {
    this.#bytes += bytes - (this.#waiting.get(one) ?? 0);
    this.#waiting.set(one, bytes);
    for (const [first, ofFirst] of this.#waiting) {
      if (this.#bytes <= this.#limit) break;
      this.taken(first);
      first.giveUp(ofFirst);
    }
  }

  /** It took all, or is gone. */
  taken(one: NotReading): void {
    this.#bytes -= this.#waiting.get(one) ?? 0;
    this.#waiting.delete(one);
  }
}
