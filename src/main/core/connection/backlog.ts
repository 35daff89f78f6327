/** What came on a connection and was not looked at yet: bytes, and what was decoded of them, of all legs in the order in which it came. */
import type { Finding } from '#shared/findings';
import type { Received } from '../protocol/receiver';
import type { Leg } from './leg';

/** Memory that a chunk takes beside its bytes. */
const chunkBytes = 256;

/** What came, decoded up to `from`. */
interface Chunk {
  readonly leg: Leg;
  readonly bytes: Uint8Array;
  readonly at: number;
  from: number;
}

/** Something to be remarked there. */
interface Mark {
  readonly leg: Leg;
  readonly remark: Remark;
  readonly at: number;
}

export interface Remark {
  readonly kind: 'remark';
  readonly finding: Finding;
  /** Bytes are missing there: what comes next does not continue what came before. */
  readonly isGap: boolean;
}

/** What was found among them, looked at up to `next`. */
interface Batch {
  readonly leg: Leg;
  readonly received: readonly Found['one'][];
  next: number;
}

/** One frame, some junk or a remark, and the leg that it came on. */
export interface Found {
  readonly leg: Leg;
  readonly one: Received | { readonly item: Remark; readonly at: number };
}

export class Backlog {
  readonly #isRecording: boolean;
  /** What is not decoded yet, oldest first. */
  readonly #chunks: (Chunk | Mark)[] = [];
  #size = 0;
  /** What is decoded, and what came after it, oldest first. There is hardly ever more than one. */
  #batch: Batch | null = null;
  readonly #batches: Batch[] = [];

  /** `isRecording`: nobody waits while much is decoded at once, and as it comes. */
  constructor(isRecording: boolean) {
    this.#isRecording = isRecording;
  }

  get isEmpty(): boolean {
    return this.#batch === null && this.#size === 0;
  }

  /** Bytes of memory that what is not decoded takes. */
  get size(): number {
    return this.#size;
  }

  /** Bytes came; they are kept until they are decoded. */
  add(leg: Leg, bytes: Uint8Array, at: number): void {
    if (this.#isRecording && this.#size === 0) {
      leg.undecoded -= bytes.length;
      this.take(leg, leg.receiver.push(bytes, at));
      return;
    }
    this.#chunks.push({ leg, bytes, at, from: 0 });
    this.#size += bytes.length + chunkBytes;
  }

  /** `isGap`: bytes came there which nobody kept. */
  remark(leg: Leg, finding: Finding, at: number, isGap: boolean): void {
    this.#chunks.push({ leg, remark: { kind: 'remark', finding, isGap }, at });
    this.#size += chunkBytes;
  }

  /** Something was decoded. */
  take(leg: Leg, received: readonly Found['one'][]): void {
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
    const { leg, at } = chunk;
    if ('remark' in chunk) {
      const { remark } = chunk;
      this.#chunks.shift();
      this.#size -= chunkBytes;
      this.take(leg, [...(remark.isGap ? leg.restart() : []), { item: remark, at }]);
      return;
    }
    const { bytes, from } = chunk;
    const { taken, received } = leg.receiver.pushSome(bytes, from, at);
    chunk.from += taken;
    leg.undecoded -= taken;
    if (chunk.from >= bytes.length) {
      this.#chunks.shift();
      this.#size -= bytes.length + chunkBytes;
    }
    this.take(leg, received);
  }
}
