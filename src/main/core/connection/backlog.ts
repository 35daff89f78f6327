/** Received data of all legs that is not processed yet, in order of arrival: bytes, and their decoded items. */
import type { Finding } from '#shared/findings';
import type { Received } from '../protocol/receiver';
import type { Leg } from './leg';

/** Memory of a chunk in addition to its bytes. */
const chunkBytes = 256;

/** Received bytes, decoded up to `from`. */
interface Chunk {
  readonly leg: Leg;
  readonly bytes: Uint8Array;
  readonly at: number;
  from: number;
}

/** A remark at this place of the data. */
interface Mark {
  readonly leg: Leg;
  readonly remark: Remark;
  readonly at: number;
}

export interface Remark {
  readonly kind: 'remark';
  readonly finding: Finding;
  /** Bytes are missing here: the next bytes do not continue the previous ones. */
  readonly isGap: boolean;
}

/** Decoded items, processed up to `next`. */
interface Batch {
  readonly leg: Leg;
  readonly received: readonly Found['one'][];
  next: number;
}

/** One frame, some junk or a remark, with its leg. */
export interface Found {
  readonly leg: Leg;
  readonly one: Received | { readonly item: Remark; readonly at: number };
}

export class Backlog {
  readonly #isRecording: boolean;
  /** Not decoded yet, oldest first. */
  readonly #chunks: (Chunk | Mark)[] = [];
  #size = 0;
  /** Decoded items, then the items decoded after them, oldest first. There is rarely more than one batch. */
  #batch: Batch | null = null;
  readonly #batches: Batch[] = [];

  /** `isRecording`: bytes are decoded as they arrive, without limiting the work per step. */
  constructor(isRecording: boolean) {
    this.#isRecording = isRecording;
  }

  get isEmpty(): boolean {
    return this.#batch === null && this.#size === 0;
  }

  /** Memory of the undecoded data in bytes. */
  get size(): number {
    return this.#size;
  }

  /** Adds received bytes, which are kept until they are decoded. */
  add(leg: Leg, bytes: Uint8Array, at: number): void {
    if (this.#isRecording && this.#size === 0) {
      leg.undecoded -= bytes.length;
      this.take(leg, leg.receiver.push(bytes, at));
      return;
    }
    this.#chunks.push({ leg, bytes, at, from: 0 });
    this.#size += bytes.length + chunkBytes;
  }

  /** `isGap`: bytes are missing here that were not kept. */
  remark(leg: Leg, finding: Finding, at: number, isGap: boolean): void {
    this.#chunks.push({ leg, remark: { kind: 'remark', finding, isGap }, at });
    this.#size += chunkBytes;
  }

  /** Adds decoded items. */
  take(leg: Leg, received: readonly Found['one'][]): void {
    if (received.length === 0) return;
    const batch = { leg, received, next: 0 };
    if (this.#batch === null) this.#batch = batch;
    else this.#batches.push(batch);
  }

  decodeAll(): void {
    while (this.#chunks.length > 0) this.#decodeSome();
  }

  /** The next item. Decodes at most one step; `null` if that step yields no item. */
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
