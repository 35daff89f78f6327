/**
 * Read size of a download. Large reads are fast (performance.md), but data
 * that the machine does not accept stays in memory.
 */
const fast = 524_288;
/** With this size even a thousand stalled downloads use little memory. */
const small = 24_576;
/** Simultaneous fast downloads, in total and per address. Each holds up to three reads in memory. */
const mostFast = 32;
const mostFastOfOne = 8;

export class ReadAhead {
  /** Fast downloads per address. */
  readonly #fast = new Map<string, number>();
  #count = 0;

  /** Call `free` when the download ends. */
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
