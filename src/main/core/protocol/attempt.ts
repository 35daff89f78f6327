/**
 * Decides what begins at one position in the bytes. This is the slow path, for everything that is not plainly a good frame. It reads byte
 * by byte and decides at the first byte that makes the result certain. The result therefore depends on the bytes, not on their chunks.
 * Offsets here count from the position. docs/protocol/framing.md has the rules.
 */
import { headSize } from '#shared/framing';
import type { Head } from '#shared/model/frame';
import { type HeadReading, mayBeHead, readHeads, readLe48 } from './decoded';
import { parseStrict } from './json';
import { closeBrace, isBlank, ObjectScan, openBrace, quote } from './scan';
import { decodeText } from './text';

export type Cut =
  | {
      readonly kind: 'frame';
      readonly end: number;
      /** 0: no head. */
      readonly bodyStart: number;
      /** The accepted head. Several if the head of a repaired frame is ambiguous; none if the head is unknown. */
      readonly readings: readonly HeadReading[];
      /** The declared total was wrong: `end` is the end of the object. */
      readonly repaired: boolean;
    }
  | { readonly kind: 'junk'; readonly end: number; readonly code: 'junk.noFrame' | 'junk.cut' };

/** Bytes to read after a complete object before a repair, for a better reading [ours]. */
const patience = 512;
/** A broken frame waits for an inner frame up to this total: the longest that machines build [field]. */
const longestInner = 4096;
/** Number of bytes that prove a frame: a head and the brace after it. */
const proof = headSize + 1;

/** A possible reading of the head, with its declared end. */
interface Candidate {
  readonly reading: HeadReading;
  readonly end: number;
  /** A head with a brace follows the declared end. The frame is accepted after this many bytes. */
  trustedAt: number | null;
}

const zero = 48;
/** Bytes of JSON parsed in the time of one step. */
const parsedPerStep = 32;
/**
 * Limit of steps spent on possible inner frames at one position [ours]. The longest frame of a machine has 4096 bytes and needs far fewer.
 * Without the limit, hostile bytes could look like frames at countless positions. The second value applies in haste:
 * one frame of the maximum decimal length.
 */
const innerSteps = 4096;
const innerStepsInHaste = 320;

/** One position in the bytes, until its content is decided. */
export class Attempt {
  /** `head`: the position has a head. `loose`: no head. `object`: bare JSON, or JSON after an unknown head. */
  private phase: 'head' | 'loose' | 'object' = 'head';
  private seen = 0;
  /** Number of bytes read, including repeated reads. */
  steps = 0;
  /** Other work, in steps: parsing possible inner frames as JSON. */
  extra = 0;
  private candidates: Candidate[] = [];
  private bodyStart = headSize;
  private scan = new ObjectScan(false);
  /**
   * Offsets, -1 if unknown: the end of the object, the first solid byte after it, and the frame that follows.
   * `strict`: the object is strict JSON.
   */
  private objectEnd = -1;
  private strict = false;
  private tail = -1;
  private follower = -1;
  /** Number of bytes needed before a broken object may be accepted. */
  private objectAt = -1;
  /** Possible inner frames: positions by declared end. */
  private inner = new Map<number, number[]>();
  /** `brace`: the last brace that may begin an object. `start`: in `loose`, the first that does. */
  private brace = -1;
  private start = -1;
  private readonly preferred: Head;
  private readonly patient: boolean;

  /** `patient`: a broken frame waits for the end of a possible inner frame. */
  constructor(preferred: Head, patient: boolean) {
    this.preferred = preferred;
    this.patient = patient;
  }

  /** Reads `bytes[at..at + available)` from the end of the last call. The earlier bytes must be unchanged. */
  advance(bytes: Uint8Array, at: number, available: number): Cut | null {
    while (this.seen < available) {
      const cut = this.step(bytes, at);
      if (cut !== null) return cut;
    }
    return null;
  }

  private step(bytes: Uint8Array, at: number): Cut | null {
    const i = this.seen;
    this.seen = i + 1;
    this.steps += 1;
    const byte = bytes[at + i] ?? 0;
    const start = this.objectStart(byte, i);
    const place = byte === openBrace ? i - headSize : -1;
    const heads = place > 0 ? readHeads(bytes, at + place, this.preferred) : [];
    if (this.phase === 'loose') return this.stepLoose(start, heads.length > 0 ? place : -1);
    if (this.phase === 'head' && i === 3) this.readCandidates(bytes, at);
    if (i < this.bodyStart) return null;

    if (heads.length > 0 && (this.objectEnd >= 0 || !this.scan.valueExpected)) this.noteInner(place, heads);
    if (this.objectEnd < 0) {
      const state = this.scan.feed(byte);
      if (state === 'notUtf8') {
        this.restart(this.phase, true);
        return null;
      }
      if (state === 'closed') {
        this.objectEnd = this.seen;
        this.strict = this.isStrict(bytes, at + this.bodyStart, at + this.seen) !== null;
      }
    } else if (this.tail < 0 && !isBlank(byte)) this.tail = i;

    if (this.phase === 'object') return this.innerFrame(bytes, at) ?? this.decideObject();
    const follows = heads.length > 0 ? place : start >= this.bodyStart ? start : -1;
    if (this.scan.shapeless) return this.decideShapeless(follows, heads.length > 0 ? place : -1);
    // A head proves that a frame follows. A bare object counts only after a complete object.
    if (
      this.follower < 0 &&
      this.objectEnd >= 0 &&
      follows >= this.objectEnd &&
      (heads.length > 0 || this.strict)
    ) {
      this.follower = follows;
    }
    return this.innerFrame(bytes, at) ?? this.exact() ?? this.decideHead(heads.length > 0 ? place : -1);
  }

  /** The offset of a brace that begins an object according to this byte, or -1. */
  private objectStart(byte: number, i: number): number {
    let start = -1;
    if (this.brace >= 0 && !isBlank(byte)) {
      if (byte === quote || byte === closeBrace) start = this.brace;
      this.brace = -1;
    }
    if (byte === openBrace) this.brace = i;
    return start;
  }

  private readCandidates(bytes: Uint8Array, at: number): void {
    const readings = readHeads(bytes, at, this.preferred);
    this.candidates = readings.map((reading) => ({ reading, end: reading.total, trustedAt: null }));
    if (readings.length === 0) this.restart('loose', false);
  }

  private restart(phase: 'head' | 'loose' | 'object', gb: boolean): void {
    this.phase = phase;
    this.seen = 0;
    this.candidates = [];
    this.scan = new ObjectScan(gb);
    this.objectEnd = this.tail = this.follower = this.objectAt = this.brace = this.start = -1;
    this.strict = false;
    this.inner.clear();
  }

  private isStrict(bytes: Uint8Array, from: number, to: number): string | null {
    const { text } = decodeText(bytes.subarray(from, to));
    return parseStrict(text) === null ? null : text;
  }

  // --- inner frames ---

  private noteInner(place: number, heads: readonly HeadReading[]): void {
    for (const { total } of heads) {
      const places = this.inner.get(place + total);
      if (places === undefined) this.inner.set(place + total, [place]);
      else places.push(place);
    }
  }

  /**
   * A complete frame inside undecided bytes proves that the bytes before it were cut off. Strict JSON cannot have a frame at this position
   * except in a string. There, the quote of the frame's first member name would end the string and break the JSON.
   */
  private innerFrame(bytes: Uint8Array, at: number): Cut | null {
    const places = this.inner.get(this.seen);
    if (places === undefined) return null;
    this.inner.delete(this.seen);
    if (bytes[at + this.seen - 1] !== closeBrace) return null;
    const place = places.find((p) => {
      const steps = (this.seen - p) / parsedPerStep;
      if (this.extra + steps > (this.patient ? innerSteps : innerStepsInHaste)) return false;
      this.extra += steps;
      const text = this.isStrict(bytes, at + p + headSize, at + this.seen);
      return text !== null && /^\{\s*"\w/.test(text);
    });
    return place === undefined ? null : { kind: 'junk', end: place, code: 'junk.cut' };
  }

  /** Number of bytes needed before judging a possible frame that begins before `end` and ends after it. */
  private clearAt(end: number): number {
    if (!this.patient) return end;
    let clear = end;
    for (const [innerEnd, places] of this.inner) {
      if (innerEnd > clear && places.some((p) => p < end && innerEnd - p <= longestInner)) clear = innerEnd;
    }
    return clear;
  }

  // --- decisions ---

  private stepLoose(start: number, head: number): Cut | null {
    if (head >= 0) return { kind: 'junk', end: head, code: 'junk.noFrame' };
    if (this.start < 0) this.start = start;
    // Until then, a head may prove that the brace belongs to its padding.
    return this.start === 0 || (this.start > 0 && this.seen >= this.start + proof) ? this.takeStart() : null;
  }

  /** An object begins without a readable head: alone, after exactly the length of a head, or after junk. */
  private takeStart(): Cut | null {
    if (this.start !== 0 && this.start !== headSize) {
      return { kind: 'junk', end: this.start, code: 'junk.noFrame' };
    }
    this.bodyStart = this.start;
    this.restart('object', false);
    return null;
  }

  private decideObject(): Cut | null {
    return this.objectReady() ? this.frame(this.objectEnd, [], false) : null;
  }

  /** Strict JSON is ready immediately; broken JSON when no frame can begin inside it. */
  private objectReady(): boolean {
    if (this.objectEnd < 0) return false;
    if (this.strict) return true;
    if (this.seen < this.objectEnd + headSize) return false;
    if (this.objectAt < 0) this.objectAt = this.clearAt(this.objectEnd);
    return this.seen >= this.objectAt;
  }

  /** A head without an object: accepted only if another head follows its declared end. */
  private decideShapeless(follows: number, head: number): Cut | null {
    const trusted = head < 0 ? undefined : this.candidates.find((c) => c.end === head);
    if (trusted !== undefined) return this.frame(trusted.end, [trusted.reading], false);
    this.candidates = this.candidates.filter(
      (c) => this.seen < c.end + proof && (follows < 0 || c.end <= follows),
    );
    if (this.candidates.length === 0) this.restart('loose', false);
    return null;
  }

  /** The object ends at the declared end, or only blanks are in between, which then belong to the frame. */
  private exact(): Cut | null {
    if (this.objectEnd < 0 || this.tail >= 0) return null;
    const c = this.candidates.find(({ end }) => end === this.seen);
    if (c === undefined || (!this.strict && this.clearAt(this.objectEnd) > this.seen)) return null;
    return this.frame(c.end, [c.reading], false);
  }

  private decideHead(head: number): Cut | null {
    for (const c of this.candidates) {
      if (c.end === head && c.trustedAt === null) c.trustedAt = this.clearAt(c.end);
      if (c.trustedAt !== null && this.seen >= c.trustedAt) return this.frame(c.end, [c.reading], false);
    }
    return this.candidates.every((c) => this.isWrong(c)) && this.objectReady() ? this.repaired() : null;
  }

  private isWrong(c: Candidate): boolean {
    if (this.objectEnd < 0 || c.trustedAt !== null) return false;
    if (this.seen >= c.end + proof) return true;
    if (this.objectEnd > c.end) return this.strict;
    return (
      (this.follower >= 0 && this.follower < c.end) || (this.tail >= 0 && this.seen >= this.tail + patience)
    );
  }

  private repaired(): Cut {
    const fits = this.candidates.find((c) => c.end === this.objectEnd);
    const readings = fits === undefined ? this.candidates.map((c) => c.reading) : [fits.reading];
    return this.frame(this.objectEnd, readings, fits === undefined);
  }

  private frame(end: number, readings: readonly HeadReading[], repaired: boolean): Cut {
    return { kind: 'frame', end, bodyStart: this.bodyStart, readings, repaired };
  }

  // --- quiet, and the end of the connection ---

  /**
   * Decides bytes that only wait for further bytes, after everything held was read.
   * `final`: no further bytes will arrive, so everything is decided.
   */
  settle(bytes: Uint8Array, at: number, final: boolean): Cut | null {
    const available = this.seen;
    const bare = this.phase === 'head' && available < 4 && bytes[at] === openBrace;
    if (bare) this.restart('loose', false);
    if (bare || (this.phase === 'loose' && this.start > 0)) {
      const cut = bare ? null : this.takeStart();
      return cut ?? this.advance(bytes, at, available) ?? this.settle(bytes, at, final);
    }
    if (this.phase === 'loose' || (this.phase === 'head' && available < 4 && !final))
      return this.looseJunk(bytes, at, final);
    const cut = this.phase === 'head' ? this.settleHead(bytes, at) : this.settleObject();
    if (cut !== null && (final || this.strict || this.clearAt(cut.end) <= this.seen)) return cut;
    return final ? { kind: 'junk', end: this.seen, code: 'junk.cut' } : null;
  }

  private settleObject(): Cut | null {
    return this.objectEnd < 0 ? null : this.frame(this.objectEnd, [], false);
  }

  private settleHead(bytes: Uint8Array, at: number): Cut | null {
    const seen = this.seen;
    const fits = this.candidates.find(
      ({ end }) => end === seen || (end < seen && mayBeHead(bytes, at + end, at + seen)),
    );
    const trusted = fits === undefined ? null : this.frame(fits.end, [fits.reading], false);
    if (this.objectEnd >= 0)
      return fits !== undefined && this.objectEnd <= fits.end ? trusted : this.repaired();
    return this.candidates.some(({ end }) => end > seen) ? null : trusted;
  }

  /** Everything except a possible beginning of a frame. */
  private looseJunk(bytes: Uint8Array, at: number, final: boolean): Cut | null {
    const seen = this.seen;
    if (final) return { kind: 'junk', end: seen, code: 'junk.noFrame' };
    if (this.brace === 0 || this.brace === headSize) return null;
    let end = Math.max(0, seen - headSize);
    const afterText = !bytes.subarray(at, at + seen - 1).every(isBlank);
    while (end < seen && !mayContinue(bytes, at + end, at + seen, afterText)) end += 1;
    if (this.brace >= 0) end = Math.min(end, this.brace);
    return end === 0 ? null : { kind: 'junk', end, code: 'junk.noFrame' };
  }
}

/**
 * Whether `bytes[from..to)` may be the beginning of a head that continues after the quiet. Blanks alone are the end of a line, not padding.
 * A total beyond the frames of machines is text (`OK`). So is a single byte right after text, unless it is a digit.
 */
function mayContinue(bytes: Uint8Array, from: number, to: number, afterText: boolean): boolean {
  const start = bytes.subarray(from, to);
  if (start.length >= 4) return mayBeHead(bytes, from, to);
  if (start.every(isBlank)) return false;
  if (/^ *\d+ *$/.test(String.fromCharCode(...start))) return true;
  if (start.length === 1) return !afterText;
  const filled = Uint8Array.of(zero, zero, zero, zero);
  filled.set(start);
  const total = readLe48(filled, 0);
  return total !== null && total <= longestInner;
}
