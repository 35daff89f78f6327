/** Data that relayed connections have forwarded but not decoded yet, limited per connection and in total. */

/** Bytes of memory. Data beyond this is forwarded without a record, so that nothing waits for the record. */
const ofEach = 4 * 1024 ** 2;
const usualLimit = 64 * 1024 ** 2;

export class Undecoded {
  readonly #limit: number;
  readonly #waiting = new Map<object, number>();
  #bytes = 0;

  constructor(limit = usualLimit) {
    this.#limit = limit;
  }

  hasRoom(one: object): boolean {
    return this.#bytes <= this.#limit && (this.#waiting.get(one) ?? 0) <= ofEach;
  }

  /** Sets its number of waiting bytes. */
  waits(one: object, bytes: number): void {
    this.#bytes += bytes - (this.#waiting.get(one) ?? 0);
    if (bytes > 0) this.#waiting.set(one, bytes);
    else this.#waiting.delete(one);
  }
}
