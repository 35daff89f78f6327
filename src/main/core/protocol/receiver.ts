import type { Head } from '#shared/model/frame';
import type { Decoded } from './decoded';
import { FrameDecoder } from './frame';

/** ms of quiet before undecided bytes are decided as they are. */
export const settleAfter = 200;

/** A decoded item and the time of its last byte. */
export interface Received {
  readonly item: Decoded;
  readonly at: number;
}

/** A chunk with held bytes: total of received bytes at its end, and its time. */
interface Mark {
  end: number;
  readonly at: number;
}

const nothing: readonly Received[] = [];

/**
 * Decodes one direction of a connection and gives each frame and junk the time of its last byte, however late it is decided.
 * Times are ms on the caller's clock.
 */
export class FrameReceiver {
  readonly #decoder: FrameDecoder;
  /** Total of received bytes, and of bytes returned in items. */
  #arrived = 0;
  #given = 0;
  #marks: Mark[] = [];
  #lastAt = 0;
  #isSettled = true;

  constructor(options: { preferred?: Head } = {}) {
    this.#decoder = new FrameDecoder(options);
  }

  /** Number of bytes held back until more arrive. */
  get pending(): number {
    return this.#decoder.pending;
  }

  /** Time of the first held byte; `null`: nothing is held. */
  get heldSince(): number | null {
    return this.#marks[0]?.at ?? null;
  }

  /** The time to call `settle`; `null`: nothing to decide until more bytes arrive. */
  get settleAt(): number | null {
    return this.#isSettled ? null : this.#lastAt + settleAfter;
  }

  /** The head recognised last; `null` until the first. */
  get head(): Head | null {
    return this.#decoder.head;
  }

  /** Adds bytes and returns the decided items. The caller may reuse the chunk. */
  push(chunk: Uint8Array, at: number): readonly Received[] {
    return this.#came(this.#decoder.push(chunk), chunk.length, at);
  }

  /** Adds bytes from `from` on in bounded time; `taken`: number of bytes added. */
  pushSome(
    chunk: Uint8Array,
    from: number,
    at: number,
  ): { readonly taken: number; readonly received: readonly Received[] } {
    const items: Decoded[] = [];
    const taken = this.#decoder.pushSome(chunk, from, items);
    return { taken, received: this.#came(items, taken, at) };
  }

  #came(items: readonly Decoded[], bytes: number, at: number): readonly Received[] {
    const isFresh = this.#given === this.#arrived;
    this.#arrived += bytes;
    this.#lastAt = at;
    const { pending } = this.#decoder;
    this.#isSettled = pending === 0;
    if (isFresh) {
      this.#given = this.#arrived - pending;
      if (pending > 0) this.#marks.push({ end: this.#arrived, at });
      return items.length === 0 ? nothing : items.map((item) => ({ item, at }));
    }
    const last = this.#marks.at(-1);
    if (last?.at === at) last.end = this.#arrived;
    else this.#marks.push({ end: this.#arrived, at });
    return this.#give(items);
  }

  /** After quiet: decides bytes that only waited for the following bytes. If time runs out, `settleAt` stays due. */
  settle(): readonly Received[] {
    const items = this.#decoder.settle();
    this.#isSettled = !this.#decoder.unsettled;
    return this.#give(items);
  }

  /** The clock was set back: no held byte is later than this time. */
  cameBy(now: number): void {
    this.#marks = this.#marks.map(({ end, at }) => ({ end, at: Math.min(at, now) }));
    this.#lastAt = Math.min(this.#lastAt, now);
  }

  /** At the end of the connection: returns everything held. */
  end(): readonly Received[] {
    this.#isSettled = true;
    return this.#give(this.#decoder.end());
  }

  #give(items: readonly Decoded[]): readonly Received[] {
    const received: Received[] = [];
    let first = 0;
    let at = this.#marks[0]?.at ?? this.#lastAt;
    for (const item of items) {
      // The junk item before an overflow contains its bytes.
      if (item.kind !== 'overflow') {
        this.#given += item.bytes.length;
        while ((this.#marks[first]?.end ?? Infinity) < this.#given) first += 1;
        at = this.#marks[first]?.at ?? this.#lastAt;
      }
      received.push({ item, at });
    }
    while ((this.#marks[first]?.end ?? Infinity) <= this.#given) first += 1;
    if (first > 0) this.#marks.splice(0, first);
    return received;
  }
}
