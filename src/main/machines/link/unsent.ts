/**
 * Written data that clients have not accepted yet. It is limited per connection,
 * because a client that does not read is not answered, and in total.
 */

/** Bytes in total. Beyond this the connection that has not read for longest is closed. */
const usualLimit = 64 * 1024 ** 2;

export interface NotReading {
  readonly giveUp: (bytes: number) => void;
}

export class Unsent {
  readonly #limit: number;
  /** Bytes by connection; the first connection stopped reading first. */
  readonly #waiting = new Map<NotReading, number>();
  #bytes = 0;

  constructor(limit = usualLimit) {
    this.#limit = limit;
  }

  /** Sets its number of waiting bytes. */
  waits(one: NotReading, bytes: number): void {
    this.#bytes += bytes - (this.#waiting.get(one) ?? 0);
    this.#waiting.set(one, bytes);
    for (const [first, ofFirst] of this.#waiting) {
      if (this.#bytes <= this.#limit) break;
      this.taken(first);
      first.giveUp(ofFirst);
    }
  }

  /** It accepted everything, or is closed. */
  taken(one: NotReading): void {
    this.#bytes -= this.#waiting.get(one) ?? 0;
    this.#waiting.delete(one);
  }
}
