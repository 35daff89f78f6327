/** Decodes the bytes of one direction of one connection to frames, and gives each frame the time of its last byte. */
import { Buffer } from 'node:buffer';
import type { Head } from '#shared/model/frame';
import { CarefulPath } from './careful';
import { type Decoded, HeadMemory, maxPending, readDecimal, readLe48 } from './decoded';
import { HeldBytes } from './held';
import { PlainPath } from './plain';

export { maxPending, type Decoded, type DecodedFrame, type DecodedJunk } from './decoded';

/** Limit of the bytes that one `settle` or `end` reads again: settles about 4 KiB of any content within milliseconds [ours]. */
const settleSteps = 8 * maxPending;
/** Bytes that one `pushSome` takes: of faultless frames, and of all others [ours]. Frames with a wrong length cost many times more. */
const plainPerStep = 4096;
const carefulPerStep = 512;
/** Number of head bytes that contain the frame's size. */
const sizeBytes = 4;

/**
 * Decodes the bytes of one direction of one connection to frames. The result of `push` depends only on the bytes, not on their chunks.
 * No byte is lost: frames and junk together are the input. Never throws. The caller may reuse the chunks.
 * Holds less than `maxPending` bytes between calls.
 */
export class FrameDecoder {
  private readonly heads: HeadMemory;
  private readonly plain: PlainPath;
  private readonly careful: CarefulPath;
  /** Undecided bytes. */
  private readonly held = new HeldBytes();
  private more = false;

  /** `preferred`: the head to try first until one is recognised. */
  constructor(options: { preferred?: Head } = {}) {
    this.heads = new HeadMemory(options.preferred ?? 'decimal');
    this.plain = new PlainPath(this.heads);
    this.careful = new CarefulPath(this.heads);
  }

  /** Number of bytes held back until more arrive. */
  get pending(): number {
    return this.held.length;
  }

  /** The last `settle` stopped early to limit its time. The next call may decide more. */
  get unsettled(): boolean {
    return this.more;
  }

  /** The head recognised last; `null` until the first. */
  get head(): Head | null {
    return this.heads.last;
  }

  /** Adds bytes and returns the decided items. */
  push(chunk: Uint8Array): Decoded[] {
    const out: Decoded[] = [];
    this.more = false;
    const bytes = bufferOf(chunk);
    let at = 0;
    while (at < bytes.length && this.pending > 0) at = this.complete(bytes, at, bytes.length, out);
    if (at < bytes.length) this.begin(bytes, at, bytes.length, out);
    return out;
  }

  /** Adds bytes from `from` on in bounded time, and appends the decided items to `out`. Returns the number of bytes taken. */
  pushSome(chunk: Uint8Array, from: number, out: Decoded[]): number {
    this.more = false;
    const bytes = bufferOf(chunk);
    const most = Math.min(bytes.length, from + carefulPerStep);
    if (this.pending > 0) return this.complete(bytes, from, most, out) - from;
    const plain = this.takePlain(bytes, from, Math.min(bytes.length, from + plainPerStep), out);
    if (plain > from) return plain - from;
    this.careful.begin();
    this.begin(bytes, from, most, out);
    return most - from;
  }

  /** Decodes `bytes[from..to)` while nothing is held, and holds the undecided rest. */
  private begin(bytes: Buffer, from: number, to: number, out: Decoded[]): void {
    const at = this.decode(bytes, from, to, out);
    this.held.set(bytes, at, to);
  }

  /** Completes the held bytes with the start of `bytes[from..to)`. Returns the end of the part taken. */
  private complete(bytes: Buffer, from: number, to: number, out: Decoded[]): number {
    const end = Math.min(to, from + this.missing());
    const { held } = this;
    held.append(bytes, from, end);
    held.from = this.decode(held.bytes, held.from, held.to, out);
    held.tidy();
    return end;
  }

  /**
   * After about 200 ms of quiet: decides bytes that only waited for the following bytes. Returns bytes that cannot become a frame as junk.
   * Unfinished frames stay. If `unsettled`, another call decides the rest.
   */
  settle(): Decoded[] {
    return this.conclude(false);
  }

  /** At the end of the connection: returns everything held. Bytes that would take long to decode become one piece of junk. */
  end(): Decoded[] {
    return this.conclude(true);
  }

  private conclude(final: boolean): Decoded[] {
    const out: Decoded[] = [];
    const { held } = this;
    let steps = 0;
    this.more = false;
    while (this.careful.attempt !== null && !this.more) {
      const { attempt } = this.careful;
      let cut = attempt.settle(held.bytes, held.from, final);
      if (cut === null) break;
      steps += attempt.steps + attempt.extra;
      // Taking all held bytes needs no repeated reads.
      const spent = steps > settleSteps && cut.end < held.length;
      if (spent && final) cut = { kind: 'junk', end: held.length, code: 'junk.cut' };
      held.from = this.careful.take(cut, held.bytes, held.from, out);
      held.from = this.decode(held.bytes, held.from, held.to, out);
      this.more = spent && !final && held.length > 0;
    }
    held.tidy();
    return out;
  }

  /** Decodes `bytes[at..to)` as far as the result is certain. Returns the position of the rest. */
  private decode(bytes: Buffer, start: number, to: number, out: Decoded[]): number {
    let at = start;
    for (;;) {
      if (this.careful.attempt === null) {
        at = this.takePlain(bytes, at, to, out);
        if (at === to) return at;
        this.careful.begin();
      }
      const available = Math.min(to - at, maxPending);
      const end = this.careful.advance(bytes, at, available, out);
      if (end !== null) at = end;
      else if (available < maxPending) return at;
      else {
        at = this.careful.take({ kind: 'junk', end: maxPending, code: 'junk.noFrame' }, bytes, at, out);
        out.push({ kind: 'overflow', bytes: maxPending });
      }
    }
  }

  /** Takes faultless frames from `bytes[from..to)`. Returns the position of the first other content. */
  private takePlain(bytes: Buffer, from: number, to: number, out: Decoded[]): number {
    const at = this.plain.take(bytes, from, to, out);
    this.careful.account(0, at - from);
    return at;
  }

  /** Number of bytes that complete the held beginning, so that the bytes after it need no copy. `maxPending` if unknown. */
  private missing(): number {
    const { pending } = this;
    const { bytes, from } = this.held;
    if (pending < sizeBytes) return sizeBytes - pending;
    const decimal = readDecimal(bytes, from);
    const total =
      this.heads.first === 'decimal'
        ? (decimal ?? readLe48(bytes, from))
        : (readLe48(bytes, from) ?? decimal);
    return total === null || total <= pending ? maxPending : total - pending;
  }
}

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

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
