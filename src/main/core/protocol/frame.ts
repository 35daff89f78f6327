import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import { headSize } from '#shared/framing';
import type { Head } from '#shared/model/frame';
import { Attempt, type Cut } from './attempt';
import {
  type Decoded,
  Frame,
  HeadMemory,
  type HeadReading,
  readDecimal,
  readLe48,
  readSequence,
} from './decoded';
import { readJson } from './json';
import { PlainPath } from './plain';
import { decodeText } from './text';

export type { Decoded, DecodedFrame, DecodedJunk } from './decoded';

/** Limit of the bytes in which a frame must be decided [ours]. */
export const maxPending = 65_536;

/**
 * Broken bytes are read beyond the part that is taken, and the rest is read again from the next position. The decoder counts these repeated
 * reads as a debt. Each byte taken pays for the first number of repeated reads. If the debt exceeds the second number, broken frames
 * no longer wait for possible inner frames [ours].
 */
const rereadsPerByte = 4;
const maxRereadDebt = 4 * maxPending;
/** Limit of the bytes that one `settle` or `end` reads again: settles about 4 KiB of any content within milliseconds [ours]. */
const settleSteps = 8 * maxPending;
/** Bytes that one `pushSome` takes: of faultless frames, and of all others [ours]. Frames with a wrong length cost many times more. */
const plainPerStep = 4096;
const carefulPerStep = 512;
/** Number of head bytes that contain the frame's size. */
const sizeBytes = 4;
const noFindings: readonly Finding[] = [];
const nothing = Buffer.alloc(0);

/**
 * Decodes the bytes of one direction of one connection to frames. The result of `push` depends only on the bytes, not on their chunks.
 * No byte is lost: frames and junk together are the input. Never throws. The caller may reuse the chunks.
 * Holds less than `maxPending` bytes between calls.
 */
export class FrameDecoder {
  private readonly heads: HeadMemory;
  private readonly plain: PlainPath;
  /** Undecided bytes are `held[from..to)`. */
  private held = nothing;
  private from = 0;
  private to = 0;
  /** The state of the undecided bytes. */
  private attempt: Attempt | null = null;
  /** Debt of repeated reads. */
  private rereadDebt = 0;
  private more = false;

  /** `preferred`: the head to try first until one is recognised. */
  constructor(options: { preferred?: Head } = {}) {
    this.heads = new HeadMemory(options.preferred ?? 'decimal');
    this.plain = new PlainPath(this.heads);
  }

  /** Number of bytes held back until more arrive. */
  get pending(): number {
    return this.to - this.from;
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
    this.attempt = this.newAttempt();
    this.begin(bytes, from, most, out);
    return most - from;
  }

  /** Decodes `bytes[from..to)` while nothing is held, and holds the undecided rest. */
  private begin(bytes: Buffer, from: number, to: number, out: Decoded[]): void {
    const at = this.decode(bytes, from, to, out);
    this.hold(bytes, at, to);
  }

  /** Completes the held bytes with the start of `bytes[from..to)`. Returns the end of the part taken. */
  private complete(bytes: Buffer, from: number, to: number, out: Decoded[]): number {
    const end = Math.min(to, from + this.missing());
    this.append(bytes, from, end);
    this.from = this.decode(this.held, this.from, this.to, out);
    this.tidy();
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
    let steps = 0;
    this.more = false;
    while (this.attempt !== null && !this.more) {
      const { attempt } = this;
      let cut = attempt.settle(this.held, this.from, final);
      if (cut === null) break;
      steps += attempt.steps + attempt.extra;
      // Taking all held bytes needs no repeated reads.
      const spent = steps > settleSteps && cut.end < this.pending;
      if (spent && final) cut = { kind: 'junk', end: this.pending, code: 'junk.cut' };
      this.from = this.take(cut, this.held, this.from, out);
      this.from = this.decode(this.held, this.from, this.to, out);
      this.more = spent && !final && this.pending > 0;
    }
    this.tidy();
    return out;
  }

  /** Decodes `bytes[at..to)` as far as the result is certain. Returns the position of the rest. */
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
        this.account(this.attempt.steps + this.attempt.extra - cut.end, cut.end);
        at = this.take(cut, bytes, at, out);
      } else if (available < maxPending) return at;
      else {
        at = this.take({ kind: 'junk', end: maxPending, code: 'junk.noFrame' }, bytes, at, out);
        out.push({ kind: 'overflow', bytes: maxPending });
      }
    }
  }

  /** Takes faultless frames from `bytes[from..to)`. Returns the position of the first other content. */
  private takePlain(bytes: Buffer, from: number, to: number, out: Decoded[]): number {
    const at = this.plain.take(bytes, from, to, out);
    this.account(0, at - from);
    return at;
  }

  private newAttempt(): Attempt {
    return new Attempt(this.heads.first, this.rereadDebt <= maxRereadDebt);
  }

  /**
   * Updates the debt of repeated reads, which include parsing inner frames. `consumed`: bytes taken.
   * Good frames add nothing, so the debt does not depend on the chunks.
   */
  private account(reread: number, consumed: number): void {
    this.rereadDebt = Math.max(0, this.rereadDebt + reread - rereadsPerByte * consumed);
  }

  /** Converts a decision to an item. Returns the position after it. */
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

  // --- held bytes ---

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

  /** Number of bytes that complete the held beginning, so that the bytes after it need no copy. `maxPending` if unknown. */
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

/** Bytes to allocate for `length`: twice as many up to the limit, so that slow arrival does not copy every time. */
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
