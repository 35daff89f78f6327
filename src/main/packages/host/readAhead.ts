/** How much of a package a download reads at once: much makes it fast (performance.md), but what a machine does not take stays in memory. */
const fast = 524_288;
/** Of these even a thousand downloads that nobody reads hold little. */
const small = 24_576;
/** Downloads that may read fast at a time, of all and of one address. Each holds up to three pieces. */
const mostFast = 32;
const mostFastOfOne = 8;

export class ReadAhead {
  /** Fast downloads of each address. */
  readonly #fast = new Map<string, number>();
  #count = 0;

  /** `free` is called when the download has ended. */
  take(address: string): { readonly size: number; readonly free: () => void } {
    const own = this.#fast.get(address) ?? 0;
    if (this.#count >= mostFast || own >= mostFastOfOne) return { size: small, free: () => undefined };
    this.#change(address, 1);
    return { size: fast, free: () => this.#change(address, -1) };
  }

  #change(address: string, by: 1 | -1): void {
    const own = (this.#fast.get(address) ?? 0) + by;
    if (own === 0) this.#fast.delete(address);
    else this.#fast.set(address, own);
    this.#count += by;
  }
}
