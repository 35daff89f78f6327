/** Reassembles one direction of a TCP connection: packets may be out of order, repeated or missing. */
import type { FindingCode } from '#shared/findings';
import { Buffer } from 'node:buffer';
import type { Side } from './sides';

/** Receives the result. Times are those of the packets, in microseconds, and never decrease. */
export interface StreamSink {
  /** Bytes in order; they are valid only during the call. */
  data(side: Side, bytes: Buffer, from: number, to: number, time: number): void;
  /** This many bytes are not in the capture; the following data comes after them. */
  missing(side: Side, bytes: number, code: FindingCode, time: number): void;
  /** Bytes from before the start of the capture that arrived too late for their place. */
  early(side: Side, bytes: Buffer, from: number, to: number, time: number): void;
  /** The sender closed its direction. */
  finished(side: Side, time: number): void;
}

/** Limits of the bytes and packets held back while earlier bytes are missing [ours]. */
const maxBytes = 262_144;
const maxPieces = 2048;
/** Limit of the bytes held back on all connections of a file [ours]. */
const maxOfAll = 64 * 1_048_576;
/** Memory of a held piece in addition to its bytes. */
const pieceCost = 256;
/** These machines use no larger window: a packet this far off belongs to another connection of the same addresses. */
export const tooFar = 64 * 1_048_576;

interface Piece {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly missing: number;
  readonly time: number;
}

/** The distance from `b` to `a`; sequence numbers wrap around. */
export function distance(a: number, b: number): number {
  return (a - b) | 0;
}

/** Counts the bytes held back on all connections of a file. */
export class Held {
  #bytes = 0;

  get isFull(): boolean {
    return this.#bytes > maxOfAll;
  }

  add(bytes: number): void {
    this.#bytes += bytes + pieceCost;
  }

  remove(bytes: number): void {
    this.#bytes -= bytes + pieceCost;
  }
}

export class Stream {
  /** The sequence number of the next byte; `null` before the first packet. */
  next: number | null = null;
  /** The other side has acknowledged everything before this number. */
  acked: number | null = null;
  isFinished = false;
  readonly #sink: StreamSink;
  readonly #side: Side;
  readonly #held: Piece[] = [];
  readonly #ofAll: Held;
  #heldBytes = 0;
  #finAt: number | null = null;
  #time = 0;
  /** The first sequence number; `null` once numbers may have wrapped around; `undefined` before the first packet. */
  #start: number | null | undefined;
  /** Sequence numbers of the pieces before the start, so that each piece is reported once. */
  readonly #early = new Set<number>();

  constructor(sink: StreamSink, side: Side, ofAll: Held) {
    this.#sink = sink;
    this.#side = side;
    this.#ofAll = ofAll;
  }

  /** Bytes are missing: recorded late, or never. */
  get hasGap(): boolean {
    return this.#held.length > 0 || this.#ahead > 0;
  }

  /** Number of bytes that the other side has acknowledged and the capture lacks. */
  get #ahead(): number {
    return this.acked === null || this.next === null ? 0 : distance(this.acked, this.next);
  }

  /** Payload `bytes[from..to)`, followed by `missing` bytes that were not recorded. */
  take(seq: number, bytes: Buffer, from: number, to: number, missing: number, time: number): void {
    if (this.isFinished || (this.#finAt !== null && distance(seq, this.#finAt) >= 0)) return;
    if (this.#start === undefined) this.#start = this.next ?? seq;
    this.next ??= seq;
    if (this.#start !== null) this.#readBefore(this.#start, this.next, seq, bytes, from, to, time);
    const offset = distance(seq, this.next);
    if (offset + (to - from) + missing <= 0) return; // seen before, or a keep-alive
    if (offset <= 0) {
      this.#deliver(-offset, bytes, from, to, missing, time);
      if (this.#held.length > 0) this.#release();
      return;
    }
    this.#hold({ seq, bytes: Buffer.from(bytes.subarray(from, to)), missing, time });
    const isFull = this.#heldBytes > maxBytes || this.#held.length > maxPieces || this.#ofAll.isFull;
    if (isFull && !this.giveUp(time)) this.#drop();
  }

  /** Reports bytes before the first recorded byte, each piece once. */
  #readBefore(
    start: number,
    next: number,
    seq: number,
    bytes: Buffer,
    from: number,
    to: number,
    time: number,
  ): void {
    if (distance(next, start) > tooFar) this.#start = null;
    const before = distance(start, seq);
    // A keep-alive has no new byte.
    if (this.#start === null || before <= 1 || before > tooFar || to === from || this.#early.has(seq)) return;
    if (this.#early.size < maxPieces && !this.#ofAll.isFull) {
      this.#early.add(seq);
      this.#ofAll.add(0);
    }
    this.#sink.early(this.#side, bytes, from, Math.min(to, from + before), time);
  }

  /** The sender ends its direction before sequence number `seq`. */
  finish(seq: number, time: number): void {
    this.next ??= seq;
    const offset = distance(seq, this.next);
    if (offset < 0 || offset > tooFar) return;
    this.#finAt = seq;
    this.#checkEnd(time);
  }

  acknowledge(ack: number): void {
    if (this.next !== null && Math.abs(distance(ack, this.next)) > tooFar) return;
    if (this.acked === null || distance(ack, this.acked) > 0) this.acked = ack;
  }

  /**
   * The missing bytes will not arrive: continues after them. The gap ends at the last acknowledged byte, or else at the
   * next recorded byte. Returns whether there was a gap.
   */
  giveUp(time: number): boolean {
    if (this.next === null || this.isFinished) return false;
    const first = this.#held[0];
    const ahead = this.#ahead;
    const hole = first === undefined ? ahead : distance(first.seq, this.next);
    // The FIN takes a sequence number too, and may be acknowledged.
    const end = this.#finAt === null ? hole : distance(this.#finAt, this.next);
    const bytes = Math.min(ahead > 0 ? ahead : hole, hole, end);
    if (bytes <= 0) return false;
    if (bytes === 1 && first === undefined && this.#finAt === null) {
      // One number without a byte: the FIN was in a missing packet.
      this.#finAt = this.next;
      this.#checkEnd(time);
      return true;
    }
    this.#skip(bytes, 'capture.gap', time);
    this.#release();
    this.#checkEnd(time);
    return true;
  }

  /** The connection is over: delivers everything held back. */
  end(time: number): void {
    while (this.giveUp(time));
    this.forget();
  }

  /** Drops everything held back. */
  forget(): void {
    this.#drop();
    for (let left = this.#early.size; left > 0; left -= 1) this.#ofAll.remove(0);
    this.#early.clear();
  }

  #drop(): void {
    for (const { bytes } of this.#held.splice(0)) this.#ofAll.remove(bytes.length);
    this.#heldBytes = 0;
  }

  #hold(piece: Piece): void {
    let place = this.#held.length;
    while (place > 0 && distance(this.#held[place - 1]?.seq ?? 0, piece.seq) > 0) place -= 1;
    const before = this.#held[place - 1];
    // A retransmission while earlier bytes are still missing.
    if (before !== undefined && before.seq === piece.seq && before.bytes.length >= piece.bytes.length) return;
    this.#held.splice(place, 0, piece);
    this.#heldBytes += piece.bytes.length;
    this.#ofAll.add(piece.bytes.length);
  }

  #release(): void {
    for (;;) {
      const first = this.#held[0];
      if (first === undefined || this.next === null || distance(first.seq, this.next) > 0) return;
      this.#held.shift();
      this.#heldBytes -= first.bytes.length;
      this.#ofAll.remove(first.bytes.length);
      const { bytes, missing, time } = first;
      const known = distance(this.next, first.seq);
      if (bytes.length + missing > known) this.#deliver(known, bytes, 0, bytes.length, missing, time);
    }
  }

  /** The first `known` bytes were seen before. */
  #deliver(known: number, bytes: Buffer, from: number, to: number, missing: number, time: number): void {
    this.#time = Math.max(this.#time, time);
    const start = from + known;
    const lost = start > to ? missing - (start - to) : missing;
    if (start < to) {
      this.#advance(to - start);
      this.#sink.data(this.#side, bytes, start, to, this.#time);
    }
    if (lost > 0) this.#skip(lost, 'capture.cut', time);
    this.#checkEnd(time);
  }

  #skip(bytes: number, code: FindingCode, time: number): void {
    this.#time = Math.max(this.#time, time);
    this.#advance(bytes);
    this.#sink.missing(this.#side, bytes, code, this.#time);
  }

  #advance(bytes: number): void {
    if (this.next !== null) this.next = (this.next + bytes) >>> 0;
  }

  #checkEnd(time: number): void {
    if (this.isFinished || this.#finAt === null || this.next === null) return;
    if (distance(this.#finAt, this.next) !== 0) return;
    this.#advance(1);
    this.isFinished = true;
    this.#time = Math.max(this.#time, time);
    this.#sink.finished(this.#side, this.#time);
  }
}
