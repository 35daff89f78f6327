/** One TCP connection of a capture: both directions, from its start to its end. */
import type { FindingCode } from '#shared/findings';
import type { Buffer } from 'node:buffer';
import { Notes } from '../notes';
import { Numbers } from '../numbers';
import { ackFlag, fin, rst, syn, type Endpoint, type Segment } from '../segment';
import type { Side } from './sides';
import { distance, Stream, tooFar, type StreamSink } from './stream';
import { Transcript, type TranscriptContext } from './transcript';

/**
 * The other side may acknowledge bytes that are not recorded yet. The flow waits for this many packets of the connection,
 * or this many µs, before it reports a gap [ours].
 */
const latePackets = 16;
const lateTime = 1_000_000;
/** One side ended and the connection stayed silent for this long (µs): the end of the other side was not recorded. */
const endTime = 2_000_000;
/** A closed connection ignores late packets for this long (µs). Afterwards its addresses may be in use again. */
const swallowTime = 60_000_000;
/** A first packet up to this many bytes behind the bytes seen belongs to the same connection and was recorded late. */
const lateStart = 1_048_576;

export class Flow implements StreamSink {
  readonly #transcript: Transcript;
  readonly notes: Notes;
  readonly numbers = new Numbers();
  readonly #streams: readonly [Stream, Stream];
  readonly #starts: [number | null, number | null] = [null, null];
  #isOpen = false;
  #hasData = false;
  #isOver = false;
  #firstEnd: Side | null = null;
  #behindSince: number | null = null;
  #packetsBehind = 0;
  #holes: readonly (number | null)[] = [null, null];
  lastTime = 0;

  constructor(ends: readonly [Endpoint, Endpoint], ctx: TranscriptContext) {
    this.notes = new Notes(ends);
    this.#transcript = new Transcript(ends, ctx, this);
    this.#streams = [new Stream(this, 0, ctx.held), new Stream(this, 1, ctx.held)];
  }

  /** The connection is not a machine's, or has ended. Such connections are dropped first. */
  get isIdle(): boolean {
    return this.#isOver || this.#transcript.isForeign;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The connection carried data, or belongs to a machine. */
  get isAnnounced(): boolean {
    return this.#hasData || this.#transcript.isTaken;
  }

  /** Whether the connection waits for a timeout. */
  get isWaiting(): boolean {
    return (
      !this.isIdle && (this.#behindSince !== null || this.#firstEnd !== null || this.#transcript.isWaiting)
    );
  }

  /** Whether the packet begins a new connection between the same addresses. */
  isAnother({ seq, ack, flags, from, to }: Segment, side: Side, time: number): boolean {
    const { next } = this.#streams[side];
    if ((flags & rst) !== 0) return false;
    if ((flags & syn) === 0) {
      if (next === null || to === from || this.#transcript.isForeign) return false;
      const far = Math.abs(distance(seq, next)) > tooFar;
      return this.#isOver ? far || time - this.lastTime > swallowTime : far;
    }
    const start = this.#starts[side];
    // Some systems retry with the same SYN after a refusal.
    if (this.#isOver && !this.#isOpen) return true;
    if (start === seq || next === null) return false;
    // The answer to a SYN of the known connection.
    const other = this.#starts[side === 0 ? 1 : 0];
    if ((flags & ackFlag) !== 0 && other !== null && distance(ack, other) === 1 && start === null)
      return false;
    const ahead = distance(next, seq + 1);
    return start !== null || this.#isOver || ahead < 0 || ahead > lateStart;
  }

  take(segment: Segment, side: Side, time: number): void {
    const { bytes, from, to, missing, flags, fragment } = segment;
    const hasData = to > from || missing > 0;
    this.#hasData ||= hasData;
    this.tick(time);
    this.lastTime = Math.max(this.lastTime, time);
    if (this.isIdle) return;
    const stream = this.#streams[side];
    const other = this.#streams[side === 0 ? 1 : 0];
    let { seq } = segment;
    if ((flags & rst) !== 0) return this.#onReset(seq, side, time);
    if ((flags & ackFlag) !== 0) other.next ??= segment.ack;
    if ((flags & syn) !== 0) {
      this.#starts[side] = seq;
      this.#transcript.opener ??= (flags & ackFlag) === 0 ? side : side === 0 ? 1 : 0;
      seq = (seq + 1) >>> 0;
      stream.next ??= seq;
      if ((flags & ackFlag) !== 0) this.#open(time);
    }
    if (hasData) {
      this.#open(time);
      if (fragment) this.#transcript.remark('capture.fragment', side, time);
      stream.take(seq, bytes, from, to, missing, time);
    }
    if ((flags & ackFlag) !== 0) other.acknowledge(segment.ack);
    if ((flags & fin) !== 0) {
      this.#firstEnd ??= side;
      stream.finish((seq + to - from + missing) >>> 0, time);
    }
    this.#measureHoles(time);
  }

  /** Applies the timeouts that are due. */
  tick(now: number): void {
    if (this.isIdle) return;
    if (this.#behindSince !== null) {
      if (this.#packetsBehind >= latePackets || now - this.#behindSince >= lateTime) this.#giveUp();
    }
    this.#transcript.tick(now);
    if (this.#firstEnd !== null && now - this.lastTime >= endTime)
      this.#end(this.#firstEnd, false, this.lastTime);
  }

  /** Call at the end of the capture, or with `reopened` when a new connection between the same addresses begins. */
  close(reopened: boolean): void {
    if (this.isIdle) return this.#forget();
    const time = this.lastTime;
    if (this.#firstEnd !== null) return this.#end(this.#firstEnd, false, time);
    for (const stream of this.#streams) stream.end(time);
    if (this.#isOver) return; // the held bytes contained the end
    if (!reopened) return this.#transcript.end(time);
    if (this.#isOpen) this.#transcript.remark('capture.reopened', null, time);
    this.#end(this.#transcript.opener ?? 0, true, time);
  }

  #forget(): void {
    for (const stream of this.#streams) stream.forget();
  }

  #open(time: number): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#transcript.opened(time);
    if (this.#starts.every((start) => start === null))
      this.#transcript.remark('capture.midStream', null, time);
  }

  /** Measures how long the same bytes have been missing. */
  #measureHoles(time: number): void {
    if (this.isIdle) return this.#forget();
    const [first, second] = this.#streams;
    if (!this.#hasHole(first) && !this.#hasHole(second)) {
      this.#behindSince = null;
      return;
    }
    const holes = this.#streams.map((stream) => (this.#hasHole(stream) ? stream.next : null));
    const same = holes.every((hole, side) => hole === this.#holes[side]);
    this.#holes = holes;
    if (!same || this.#behindSince === null) {
      this.#behindSince = time;
      this.#packetsBehind = 1;
    } else this.#packetsBehind += 1;
  }

  /** Bytes are missing and no retransmission follows: the other side has the bytes, or is not recorded. */
  #hasHole(stream: Stream): boolean {
    if (stream.acked === null) return stream.hasGap;
    return stream.next !== null && distance(stream.acked, stream.next) > 0;
  }

  #giveUp(): void {
    const since = this.#behindSince ?? 0;
    this.#behindSince = null;
    for (const stream of this.#streams) if (this.#hasHole(stream)) stream.giveUp(since);
    if (!this.#isOver) this.#measureHoles(this.lastTime);
  }

  #onReset(seq: number, side: Side, time: number): void {
    const { next } = this.#streams[side];
    // An RST outside the window belongs to an earlier connection.
    if (this.#isOpen && next !== null && Math.abs(distance(seq, next)) > lateStart) return;
    this.#end(this.#firstEnd ?? side, true, time);
  }

  #end(by: Side, reset: boolean, time: number): void {
    if (this.#isOver) return;
    const inOrder = this.#firstEnd === null && reset;
    this.#isOver = true;
    for (const stream of this.#streams) stream.end(time);
    this.#transcript.closed(by, inOrder, time);
  }

  // --- StreamSink ---

  data(side: Side, bytes: Buffer, from: number, to: number, time: number): void {
    // The stream is behind these bytes already.
    this.numbers.begins(side, ((this.#streams[side].next ?? 0) - (to - from)) >>> 0);
    this.#transcript.data(side, bytes, from, to, time);
  }

  early(side: Side, bytes: Buffer, from: number, to: number, time: number): void {
    this.#transcript.early(side, bytes.subarray(from, to), time);
  }

  missing(side: Side, bytes: number, code: FindingCode, time: number): void {
    this.#transcript.missing(side, bytes, code, time);
  }

  finished(side: Side, time: number): void {
    this.#firstEnd ??= side;
    if (this.#streams.every((stream) => stream.isFinished)) this.#end(this.#firstEnd, false, time);
  }
}
