/** How long the uplink rests after each batch, so that a backlog delays no answer to a machine. */

/** [ours] Entries per second from which machines are busy: about 180 machines at the rate of the recorded day. */
const busyFrom = 20;
/** ms over which they are counted. Entries reach the journal in groups. */
const countedOver = 1_000;
/** ms. A slow broker must not cause longer rests. */
const longestRest = 200;

export class Pace {
  readonly #rate: number;
  #counted: { readonly last: number; readonly at: number } | null = null;
  #isBusy = false;

  /** `rate`: bytes per second at most. */
  constructor(rate: number) {
    this.#rate = rate;
  }

  /**
   * ms to rest after a batch of so many bytes that took `worked` ms. `last`: the journal's newest entry. While machines are
   * busy, the uplink rests as long as it works.
   */
  rest({ bytes, worked, last, now }: Readonly<Record<'bytes' | 'worked' | 'last' | 'now', number>>): number {
    const { at, last: before } = (this.#counted ??= { at: now, last });
    if (now - at >= countedOver) {
      this.#isBusy = ((last - before) * 1_000) / (now - at) >= busyFrom;
      this.#counted = { last, at: now };
    }
    return Math.max(
      0,
      (bytes / this.#rate) * 1_000 - worked,
      this.#isBusy ? Math.min(worked, longestRest) : 0,
    );
  }
}
