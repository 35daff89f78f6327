import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { randomInt } from 'node:crypto';
import type { Finding } from '#shared/findings';
import { headSize } from '#shared/framing';
import type { Head, JsonObject } from '#shared/model/frame';
import {
  type Decoded,
  Frame,
  type HeadMemory,
  minTotal,
  readDecimal,
  readHeads,
  readLe48,
  readSequence,
} from './decoded';
import { longRun, parseExact, tooDeep } from './json';
import { closeBrace, openBrace } from './scan';
import { mayBeGb18030 } from './text';
import { isAsciiPart } from './utf8';

/** Bytes converted to one string at a time: efficient, and small enough for one frame to keep it in memory. */
const segmentSize = 16384;
/** Frames up to this many bytes are compared with the previous one. */
const short = 160;
/** Smaller bodies cannot nest deep enough to overflow the stack. */
const shallow = 1024;
/** Number of frames from which joint parsing is faster. */
const worthwhile = 3;
const mostTogether = Math.ceil(segmentSize / minTotal);

/**
 * Jointly parsed bodies form one array, with this number in place of their heads. The number is random and secret, so a body cannot
 * imitate the boundary between two bodies.
 */
const between = randomInt(1_000_000, 10_000_000);
const separator = Buffer.from(`,${between},`.padEnd(headSize));
const first = separator.readInt32LE(0);
const second = separator.readInt32LE(4);
const third = separator.readInt32LE(8);
const spaces = 0x20202020;

const noFindings: readonly Finding[] = [];

/**
 * The fast path: consecutive frames whose declared end is the end of a strict JSON object. It takes only frames that the careful path
 * (`attempt.ts`) would take too.
 */
export class PlainPath {
  private readonly heads: HeadMemory;
  /** The last short frame. Machines repeat messages, and an identical frame need not be parsed again. */
  private previous: Frame | null = null;

  constructor(heads: HeadMemory) {
    this.heads = heads;
  }

  /** Takes frames from `bytes[start..to)`. Returns the position of the first other content. */
  take(bytes: Buffer, start: number, to: number, out: Decoded[]): number {
    let at = start;
    let alone = 0;
    while (at + minTotal <= to) {
      const same = this.repeated(bytes, at, to);
      if (at >= alone && same === 0) {
        const count = this.findRun(bytes, at, to);
        if (count >= worthwhile) {
          const end = ends[count - 1] ?? 0;
          if (this.takeRun(bytes, at, count, out)) {
            at = end;
            continue;
          }
          alone = end;
        }
      }
      const next = this.takeOne(bytes, at, to, same, out);
      if (next === at) break;
      at = next;
    }
    return at;
  }

  /** Number of bytes at the end of the frame at `at` that equal the last short frame's: all, its body, or 0. */
  private repeated(bytes: Buffer, at: number, to: number): number {
    const { previous } = this;
    const total = previous?.declared ?? Infinity;
    return previous === null || at + total > to ? 0 : previous.sameBytes(bytes, at, total);
  }

  /**
   * Counts unambiguous frames from `at` on that have the last head and fit a segment, and stores their `ends`. Excludes a frame with the
   * body of the previous one, which needs no parsing.
   */
  private findRun(bytes: Buffer, start: number, to: number): number {
    const { last } = this.heads;
    if (last === null) return 0;
    const limit = Math.min(to, start + segmentSize);
    let count = 0;
    let at = start;
    let before = start;
    while (at + minTotal <= limit && count < mostTogether && bytes[at + headSize] === openBrace) {
      const decimal = readDecimal(bytes, at);
      const le48 = readLe48(bytes, at);
      const total = last === 'decimal' ? decimal : le48;
      if (total === null || (decimal !== null && le48 !== null)) break;
      const end = at + total;
      if (end > limit || bytes[end - 1] !== closeBrace || total > shallow) break;
      if (total === at - before && total <= short && hasBodyOf(bytes, before, at, total)) break;
      before = at;
      ends[count] = end;
      count += 1;
      at = end;
    }
    return count;
  }

  /** Parses `count` frames jointly; `false` if one of them needs the single path. */
  private takeRun(bytes: Buffer, start: number, count: number, out: Decoded[]): boolean {
    const to = ends[count - 1] ?? 0;
    if (hasLongRun(bytes, start, to)) return false;
    const source = bytes.toString('latin1', start, to);
    const joined = join(bytes, start, count);
    const ascii = isAscii(joined);
    if (!ascii && !isUtf8(joined)) return false;
    const text = joined.toString(ascii ? 'latin1' : 'utf8');
    if (!ascii && mayBeGb18030(text)) return false;
    const values = parseJoined(text, count);
    if (values === null) return false;
    const head = this.heads.last;
    let at = start;
    let frame: Frame | null = null;
    for (let i = 0; i < count; i += 1) {
      const end = ends[i] ?? 0;
      const sequence = head === 'le48' ? readSequence(bytes, at + 4) : null;
      const own = ascii ? null : bytes.toString('utf8', at + headSize, end);
      const json = values[2 * i] as JsonObject;
      const from = at - start;
      frame = new Frame(source, from, end - start, headSize, head, end - at, sequence, own, json, noFindings);
      out.push(frame);
      at = end;
    }
    if (frame !== null && frame.declared !== null && frame.declared <= short) this.previous = frame;
    return true;
  }

  /** Takes the frame at `at`. Returns its end, or `at` if not taken. `same`: result of `repeated`. */
  private takeOne(bytes: Buffer, at: number, to: number, same: number, out: Decoded[]): number {
    const { heads } = this;
    if (bytes[at + headSize] !== openBrace) return at;
    const decimal = readDecimal(bytes, at);
    const le48 = readLe48(bytes, at);
    const head: Head = decimal !== null && (le48 === null || heads.first === 'decimal') ? 'decimal' : 'le48';
    const total = head === 'decimal' ? decimal : le48;
    if (total === null) return at;
    const end = at + total;
    if (end > to || bytes[end - 1] !== closeBrace) return at;
    if (decimal !== null && le48 !== null) {
      const other = head === 'decimal' ? le48 : decimal;
      if (otherIsProven(bytes, at, end, other)) return at;
    }
    const { previous } = this;
    const sameBytes = previous?.declared === total ? same : 0;
    if (sameBytes === total && previous?.head === head && heads.last === head) {
      out.push(previous.copy());
      return end;
    }
    const body = at + headSize;
    let text: string | null = null;
    let json: JsonObject | null;
    let findings = noFindings;
    const source = bytes.toString('latin1', at, end);
    if (sameBytes >= total - headSize && previous !== null) ({ text, json } = previous);
    else {
      if (!isAsciiPart(bytes, body, end)) {
        if (!isUtf8(bytes.subarray(body, end))) return at;
        text = bytes.toString('utf8', body, end);
        if (mayBeGb18030(text)) return at;
      }
      const read = text ?? source.slice(headSize);
      try {
        // Braces at both ends, so strict JSON is an object.
        json = (hasLongRun(bytes, body, end) ? parseExact(read) : JSON.parse(read)) as JsonObject;
      } catch {
        return at;
      }
      if (total > shallow && tooDeep(read)) {
        json = null;
        findings = [{ code: 'json.invalid' }];
      }
    }
    if (heads.last !== head) findings = heads.recognise(head, findings);
    const sequence = head === 'le48' ? readSequence(bytes, at + 4) : null;
    const frame = new Frame(source, 0, total, headSize, head, total, sequence, text, json, findings);
    if (total <= short) this.previous = frame;
    out.push(frame);
    return end;
  }
}

/** Ends of the frames of the current run. Only one run is active at a time. */
const ends = new Int32Array(mostTogether);
/** The array of bodies to parse: a bracket, the run with its heads overwritten, a bracket. */
const together = Buffer.alloc(segmentSize + 2);
const view = new DataView(together.buffer, together.byteOffset, together.length);

/** `count` frames from `start` on as one array of their bodies, with separators. */
function join(bytes: Buffer, start: number, count: number): Buffer {
  const length = (ends[count - 1] ?? 0) - start;
  bytes.copy(together, 1, start, start + length);
  together[0] = openBracket;
  view.setInt32(1, spaces);
  view.setInt32(5, spaces);
  view.setInt32(9, spaces);
  for (let i = 0; i < count - 1; i += 1) {
    const at = (ends[i] ?? 0) - start + 1;
    view.setInt32(at, first, true);
    view.setInt32(at + 4, second, true);
    view.setInt32(at + 8, third, true);
  }
  together[length + 1] = closeBracket;
  return together.subarray(0, length + 2);
}

/** The bodies of `count` frames with the separators between them; `null` if the text has another structure. */
function parseJoined(text: string, count: number): readonly unknown[] | null {
  let values: readonly unknown[];
  try {
    values = JSON.parse(text) as readonly unknown[];
  } catch {
    return null;
  }
  if (values.length !== 2 * count - 1) return null;
  for (let i = 1; i < values.length; i += 2) if (values[i] !== between) return null;
  return values;
}

const openBracket = 91;
const closeBracket = 93;

/** Whether the other reading of an ambiguous head ends earlier, at a head. The careful path decides such cases. */
function otherIsProven(bytes: Buffer, at: number, end: number, other: number): boolean {
  const next = at + other;
  return (
    next + headSize < end &&
    bytes[next + headSize] === openBrace &&
    readHeads(bytes, next, 'decimal').length > 0
  );
}

/** Whether the frames of this size at both positions have the same body. Compares from the end, where most differ. */
function hasBodyOf(bytes: Uint8Array, one: number, other: number, total: number): boolean {
  for (let i = total - 1; i >= headSize; i -= 1) if (bytes[one + i] !== bytes[other + i]) return false;
  return true;
}

/** Whether a run of digits is long enough to need `parseExact`. Such a run has a digit at every `longRun`th position. */
function hasLongRun(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start + longRun - 1; i < end; i += longRun) {
    if (!isDigit(bytes[i])) continue;
    let from = i;
    while (isDigit(bytes[from - 1])) from -= 1;
    let to = i + 1;
    while (isDigit(bytes[to])) to += 1;
    if (to - from >= longRun) return true;
  }
  return false;
}

const isDigit = (byte = 0): boolean => byte >= 48 && byte <= 57;
