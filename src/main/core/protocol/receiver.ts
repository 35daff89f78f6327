import type { Head } from '#shared/model/frame';
import type { Decoded } from './decoded';
import { FrameDecoder } from './frame';

/** ms of quiet after which undecided bytes are decided as they stand. */
export const settleAfter = 200;

/** What was found among the bytes, and when the last of its bytes came. */
export interface Received {
  readonly item: Decoded;
  readonly at: number;
}

/** A chunk of which bytes are held: how many bytes had come at its end, and when it came. */
interface Mark {
  end: number;
  readonly at: number;
}

const nothing: readonly Received[] = [];

/**
 * Decodes one direction of a connection and gives each frame and junk the time at which its last byte came, however late it was
 * decided. Times are ms on whatever clock the caller has.
 */
export class FrameReceiver {
  readonly #decoder: FrameDecoder;
  /** Bytes that came, and bytes that were given out. */
  #arrived = 0;
  #given = 0;
  #marks: Mark[] = [];
  #lastAt = 0;
  #isSettled = true;

  constructor(options: { preferred?: Head } = {}) {
    this.#decoder = new FrameDecoder(options);
  }

  /** Bytes held back, waiting for more. */
  get pending(): number {
    return this.#decoder.pending;
  }

  /** When the first of the held bytes came; `null`: nothing is held. */
  get heldSince(): number | null {
    return this.#marks[0]?.at ?? null;
  }

  /** When to `settle`; `null`: there is nothing to decide until more comes. */
  get settleAt(): number | null {
    return this.#isSettled ? null : this.#lastAt + settleAfter;
  }

  /** The head recognised last, `null` until one was. */
  get head(): Head | null {
    return this.#decoder.head;
  }

  /** Adds bytes and returns what is decided. The chunk may be reused afterwards. */
  push(chunk: Uint8Array, at: number): readonly Received[] {
    return this.#came(this.#decoder.push(chunk), chunk.length, at);
  }

  /** Adds some of the bytes from `from` on, in time that is bounded; `taken`: how many. */
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

  /** After some quiet: decides what only waited to see what follows. Where that takes long, `settleAt` stays and is due at once. */
  settle(): readonly Received[] {
    const items = this.#decoder.settle();
    this.#isSettled = !this.#decoder.unsettled;
    return this.#give(items);
  }

  /** The clock was put back: what is held came no later than this. */
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
      // The bytes of an overflow were given out as junk just before it.
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
