/** What relayed connections have passed on and not decoded yet: bounded for each and in all. */

/** Bytes of memory. What comes beyond them is passed on and not recorded, so that nobody waits for the record. */
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

  /** So many bytes wait for it now. */
  waits(one: object, bytes: number): void {
    this.#bytes += bytes - (this.#waiting.get(one) ?? 0);
    if (bytes > 0) this.#waiting.set(one, bytes);
    else this.#waiting.delete(one);
  }
}
