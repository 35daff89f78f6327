/** What came on a connection and was not looked at yet: bytes, and what was decoded of them, of all legs in the order in which it came. */
import type { Received } from '../../protocol/receiver';
import type { Leg } from './leg';

/** Bytes that are decoded in one step. Frames that lie about their length cost many times what others do. */
const stepBytes = 512;

/** What came, decoded up to `from`. */
interface Chunk {
  readonly leg: Leg;
  readonly bytes: Uint8Array;
  readonly at: number;
  from: number;
}

/** What was found among them, looked at up to `next`. */
interface Batch {
  readonly leg: Leg;
  readonly received: readonly Received[];
  next: number;
}

/** One frame or some junk, and the leg that it came on. */
export interface Found {
  readonly leg: Leg;
  readonly one: Received;
}

export class Backlog {
  readonly #step: number;
  /** What is not decoded yet, oldest first. */
  readonly #chunks: Chunk[] = [];
  /** What is decoded, and what came after it, oldest first. There is hardly ever more than one. */
  #batch: Batch | null = null;
  readonly #batches: Batch[] = [];

  /** `isRecording`: nobody waits while much is decoded at once. */
  constructor(isRecording: boolean) {
    this.#step = isRecording ? Infinity : stepBytes;
  }

  get isEmpty(): boolean {
    return this.#batch === null && this.#chunks.length === 0;
  }

  /** Bytes came; they are kept until they are decoded. */
  add(leg: Leg, bytes: Uint8Array, at: number): void {
    this.#chunks.push({ leg, bytes, at, from: 0 });
  }

  /** Something was decoded. */
  take(leg: Leg, received: readonly Received[]): void {
    if (received.length === 0) return;
    const batch = { leg, received, next: 0 };
    if (this.#batch === null) this.#batch = batch;
    else this.#batches.push(batch);
  }

  decodeAll(): void {
    while (this.#chunks.length > 0) this.#decodeSome();
  }

  /** What is to be looked at next, decoded in one step at most; `null`: nothing was found in it. */
  next(): Found | null {
    if (this.#batch === null) this.#decodeSome();
    for (let batch = this.#batch; batch !== null; batch = this.#batch) {
      const one = batch.received[batch.next];
      batch.next += 1;
      if (one !== undefined) return { leg: batch.leg, one };
      this.#batch = this.#batches.shift() ?? null;
    }
    return null;
  }

  #decodeSome(): void {
    const [chunk] = this.#chunks;
    if (chunk === undefined) return;
    const { leg, bytes, at, from } = chunk;
    const some = from === 0 && bytes.length <= this.#step ? bytes : bytes.subarray(from, from + this.#step);
    chunk.from += some.length;
    leg.undecoded -= some.length;
    if (chunk.from >= bytes.length) this.#chunks.shift();
    this.take(leg, leg.receiver.push(some, at));
  }
}
