import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import type { Head } from '#shared/model/frame';
import { Attempt, type Cut } from './attempt';
import { type Decoded, Frame } from './decoded';
import { type HeadReading, headSize, readDecimal, readLe48, readSequence } from './head';
import { HeadMemory } from './headMemory';
import { readJson } from './json';
import { PlainPath } from './plain';
import { decodeText } from './text';

export type { Decoded, DecodedFrame, DecodedJunk } from './decoded';

/** Bytes in which a frame must be decided [ours]. */
export const maxPending = 65_536;

/**
 * A place whose bytes are broken is looked at some way beyond what is taken there, and the rest is looked at again from the
 * next place. Bytes that may be looked at again: so many for each byte taken, and these beyond; with more than that on the
 * account, broken frames are taken without waiting for a frame that may have begun inside them [ours].
 */
const againPerByte = 4;
const againAtMost = 4 * maxPending;
/** Bytes that one `settle` or `end` looks at again: enough to settle some 4 KiB of anything, and milliseconds of time [ours]. */
const settleSteps = 8 * maxPending;
/**
 * Bytes that one `pushSome` takes at most: of frames without fault, which take little time, and of anything else, as frames that lie about
 * their length cost many times what others do [ours].
 */
const plainAtOnce = 4096;
const carefullyAtOnce = 512;
/** Bytes of a head that say the frame's size. */
const sizeBytes = 4;
const noFindings: readonly Finding[] = [];
const nothing = Buffer.alloc(0);

/**
 * Bytes of one direction of one connection in, frames out. The outcome of `push` depends only on the bytes, not on how they
 * are cut into chunks; no byte is dropped (frames and junk together are the input) and no exception is thrown. Chunks may be
 * reused by the caller afterwards. Holds less than `maxPending` bytes between calls.
 */
export class FrameDecoder {
  private readonly heads: HeadMemory;
  private readonly plain: PlainPath;
  /** Undecided bytes are `held[from..to)`. */
  private held = nothing;
  private from = 0;
  private to = 0;
  /** What is known of them so far. */
  private attempt: Attempt | null = null;
  /** Bytes looked at again, less what was allowed since. */
  private again = 0;
  private more = false;

  /** `preferred`: the head tried first until one was recognised. */
  constructor(options: { preferred?: Head } = {}) {
    this.heads = new HeadMemory(options.preferred ?? 'decimal');
    this.plain = new PlainPath(this.heads);
  }

  /** Bytes held back, waiting for more. */
  get pending(): number {
    return this.to - this.from;
  }

  /** The last `settle` stopped early, to take no longer than milliseconds: another may decide more at once. */
  get unsettled(): boolean {
    return this.more;
  }

  /** The head recognised last, `null` until one was. */
  get head(): Head | null {
    return this.heads.last;
  }

  /** Adds bytes and returns what is decided. */
  push(chunk: Uint8Array): Decoded[] {
    const out: Decoded[] = [];
    this.more = false;
    const bytes = bufferOf(chunk);
    let at = 0;
    while (at < bytes.length && this.pending > 0) at = this.complete(bytes, at, bytes.length, out);
    if (at < bytes.length) this.begin(bytes, at, bytes.length, out);
    return out;
  }

  /** Adds some of the bytes from `from` on, in time that is bounded, and what is decided to `out`; gives how many it took. */
  pushSome(chunk: Uint8Array, from: number, out: Decoded[]): number {
    this.more = false;
    const bytes = bufferOf(chunk);
    const most = Math.min(bytes.length, from + carefullyAtOnce);
    if (this.pending > 0) return this.complete(bytes, from, most, out) - from;
    const plain = this.takePlain(bytes, from, Math.min(bytes.length, from + plainAtOnce), out);
    if (plain > from) return plain - from;
    this.attempt = this.newAttempt();
    this.begin(bytes, from, most, out);
    return most - from;
  }

  /** Decodes `bytes[from..to)` where nothing is held, and holds what is undecided. */
  private begin(bytes: Buffer, from: number, to: number, out: Decoded[]): void {
    const at = this.decode(bytes, from, to, out);
    this.hold(bytes, at, to);
  }

  /** Adds of `bytes[from..to)` what completes that which is held; gives where it ends. */
  private complete(bytes: Buffer, from: number, to: number, out: Decoded[]): number {
    const end = Math.min(to, from + this.missing());
    this.append(bytes, from, end);
    this.from = this.decode(this.held, this.from, this.to, out);
    this.tidy();
    return end;
  }

  /**
   * After some quiet (about 200 ms): decides what only waited to see what follows, and gives out as junk what can't become a
   * frame. Unfinished frames stay, and with `unsettled` what another call will decide.
   */
  settle(): Decoded[] {
    return this.conclude(false);
  }

  /** At the end of the connection: returns everything held; what would take long to decode, as one piece of junk. */
  end(): Decoded[] {
    return this.conclude(true);
  }

  private conclude(final: boolean): Decoded[] {
    const out: Decoded[] = [];
    let steps = 0;
    this.more = false;
    while (this.attempt !== null && !this.more) {
      const { attempt } = this;
      let cut = attempt.settle(this.held, this.from, final);
      if (cut === null) break;
      steps += attempt.steps + attempt.extra;
      // Nothing is looked at again where everything held is taken.
      const spent = steps > settleSteps && cut.end < this.pending;
      if (spent && final) cut = { kind: 'junk', end: this.pending, code: 'junk.cut' };
      this.from = this.take(cut, this.held, this.from, out);
      this.from = this.decode(this.held, this.from, this.to, out);
      this.more = spent && !final && this.pending > 0;
    }
    this.tidy();
    return out;
  }

  /** Decodes `bytes[at..to)` as far as it is certain; gives where the uncertain begins. */
  private decode(bytes: Buffer, start: number, to: number, out: Decoded[]): number {
    let at = start;
    for (;;) {
      if (this.attempt === null) {
        at = this.takePlain(bytes, at, to, out);
        if (at === to) return at;
        this.attempt = this.newAttempt();
      }
      const available = Math.min(to - at, maxPending);
      const cut = this.attempt.advance(bytes, at, available);
      if (cut !== null) {
        this.allow(this.attempt.steps + this.attempt.extra - cut.end, cut.end);
        at = this.take(cut, bytes, at, out);
      } else if (available < maxPending) return at;
      else {
        at = this.take({ kind: 'junk', end: maxPending, code: 'junk.noFrame' }, bytes, at, out);
        out.push({ kind: 'overflow', bytes: maxPending });
      }
    }
  }

  /** Takes frames without fault from `bytes[from..to)`; gives the place of the first thing that is something else. */
  private takePlain(bytes: Buffer, from: number, to: number, out: Decoded[]): number {
    const at = this.plain.take(bytes, from, to, out);
    this.allow(0, at - from);
    return at;
  }

  private newAttempt(): Attempt {
    return new Attempt(this.heads.first, this.again <= againAtMost);
  }

  /** Keeps account of bytes looked at again, or read as frames inside, and of bytes taken; the same in every chunking, as good frames add nothing. */
  private allow(again: number, consumed: number): void {
    this.again = Math.max(0, this.again + again - againPerByte * consumed);
  }

  /** Turns a decision into an item; gives where the next begins. */
  private take(cut: Cut, bytes: Buffer, at: number, out: Decoded[]): number {
    this.attempt = null;
    const end = at + cut.end;
    if (cut.kind === 'junk') {
      const junk = Buffer.from(bytes.subarray(at, end));
      out.push({ kind: 'junk', bytes: junk, findings: [{ code: cut.code, params: { bytes: junk.length } }] });
      return end;
    }
    const { text, findings: textFindings } = decodeText(bytes.subarray(at + cut.bodyStart, end));
    const { json, findings: jsonFindings } = readJson(text);
    const inChars = headSize + text.length;
    const reading = cut.readings.find((r) => cut.repaired && r.total === inChars) ?? cut.readings[0] ?? null;
    const findings = [...headFindings(cut, reading, inChars), ...textFindings, ...jsonFindings];
    const source = bytes.toString('latin1', at, end);
    const head = reading?.head ?? null;
    const sequence = head === 'le48' ? readSequence(bytes, at + 4) : null;
    const all = head === null ? findings : this.heads.recognise(head, findings);
    const total = reading?.total ?? null;
    out.push(new Frame(source, 0, cut.end, cut.bodyStart, head, total, sequence, text, json, all));
    return end;
  }

  // --- what is held ---

  private hold(bytes: Buffer, from: number, to: number): void {
    this.from = 0;
    this.to = to - from;
    this.held = this.to === 0 ? nothing : Buffer.allocUnsafeSlow(roomFor(this.to));
    bytes.copy(this.held, 0, from, to);
  }

  private append(bytes: Buffer, from: number, to: number): void {
    const length = this.pending + to - from;
    if (this.from + length > this.held.length) {
      const room = Buffer.allocUnsafeSlow(roomFor(length));
      this.held.copy(room, 0, this.from, this.to);
      this.to -= this.from;
      this.from = 0;
      this.held = room;
    }
    bytes.copy(this.held, this.to, from, to);
    this.to += to - from;
  }

  /** Bytes that complete what the held ones begin, so that what follows need not be copied; `maxPending` where they don't say. */
  private missing(): number {
    const { pending, held, from } = this;
    if (pending < sizeBytes) return sizeBytes - pending;
    const decimal = readDecimal(held, from);
    const total =
      this.heads.first === 'decimal' ? (decimal ?? readLe48(held, from)) : (readLe48(held, from) ?? decimal);
    return total === null || total <= pending ? maxPending : total - pending;
  }

  /** Shrinks a buffer that is far too large for its content. */
  private tidy(): void {
    const { length } = this.held;
    if (this.pending === 0 || length > maxPending || length > 4 * roomFor(this.pending)) {
      this.hold(this.held, this.from, this.to);
    }
  }
}

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** Bytes to allocate for `length`: twice as many, so that a drip does not copy each time, up to what may be held. */
function roomFor(length: number): number {
  return Math.max(256, length, Math.min(2 * length, maxPending));
}

function headFindings(
  cut: Cut & { kind: 'frame' },
  reading: HeadReading | null,
  inChars: number,
): readonly Finding[] {
  if (reading === null) return [{ code: cut.bodyStart === 0 ? 'head.missing' : 'head.unrecognised' }];
  if (!cut.repaired) return noFindings;
  const code = reading.total === inChars ? 'head.lengthInChars' : 'head.lengthWrong';
  return [{ code, params: { declared: reading.total, actual: cut.end } }];
}
