/**
 * A decoded frame: its head, and the frame itself. The head is the 12 bytes before a body: total length in 0-3, padding in 4-11.
 * Two forms exist (docs/protocol/framing.md). `decimal` [doc 2]: four ASCII digits. `le48` [field]: total + 48 as a little-endian number,
 * with 48 added to each of the upper three bytes.
 */
import { Buffer } from 'node:buffer';
import { noFrameLimit } from '#shared/limits';
import type { Finding } from '#shared/findings';
import type { Head, JsonObject } from '#shared/model/frame';

/** The shortest total: a head and `{}`. */
export const minTotal = 14;

const zero = 48;
const space = 32;

/** A reading of a head. `total` is in bytes including the head, at least `minTotal`. */
export interface HeadReading {
  readonly head: Head;
  readonly total: number;
}

/**
 * The total of a decimal head at `at`, or `null`. Zeros or spaces may stand on either side of the digits [ours].
 * Reads four bytes, which the caller must guarantee.
 */
export function readDecimal(bytes: Uint8Array, at: number): number | null {
  const end = at + 4;
  let i = at;
  while (i < end && bytes[i] === space) i += 1;
  let total = 0;
  const first = i;
  for (; i < end; i += 1) {
    const digit = (bytes[i] ?? 0) - zero;
    if (digit < 0 || digit > 9) break;
    total = total * 10 + digit;
  }
  if (i === first) return null;
  while (i < end && bytes[i] === space) i += 1;
  return i === end && total >= minTotal ? total : null;
}

/** The total of an le48 head at `at` (14 to 53,199), or `null` [field]. Reads four bytes. */
export function readLe48(bytes: Uint8Array, at: number): number | null {
  if (bytes[at + 2] !== zero || bytes[at + 3] !== zero) return null;
  const high = (bytes[at + 1] ?? 0) - zero;
  if (high < 0) return null;
  const total = high * 256 + (bytes[at] ?? 0) - zero;
  return total >= minTotal ? total : null;
}

const none: readonly HeadReading[] = [];

/** All readings of the four bytes at `at` as a head, the preferred one first. */
export function readHeads(bytes: Uint8Array, at: number, preferred: Head): readonly HeadReading[] {
  const decimal = readDecimal(bytes, at);
  const le48 = readLe48(bytes, at);
  if (decimal === null) return le48 === null ? none : [{ head: 'le48', total: le48 }];
  const decimals = decimalReadings(decimal);
  if (le48 === null) return decimals;
  const asLe48: HeadReading = { head: 'le48', total: le48 };
  return preferred === 'decimal' ? [...decimals, asLe48] : [asLe48, ...decimals];
}

/** Zeros may also pad on the right [ours]: `3900` means 3900 or, if the object ends there, 390 or 39. */
function decimalReadings(total: number): readonly HeadReading[] {
  const readings: HeadReading[] = [{ head: 'decimal', total }];
  for (let rest = total; rest % 10 === 0 && rest / 10 >= minTotal;) {
    rest /= 10;
    readings.push({ head: 'decimal', total: rest });
  }
  return readings;
}

/** Whether `bytes[from..to)`, possibly cut off, may begin a readable head. True for no bytes. */
export function mayBeHead(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length >= 4) return readDecimal(bytes, from) !== null || readLe48(bytes, from) !== null;
  if (length < 2) return true; // any byte may be the low byte of an le48 total
  if ((bytes[from + 1] ?? 0) >= zero && (length < 3 || bytes[from + 2] === zero)) return true;
  return /^ *\d* *$/.test(String.fromCharCode(...bytes.subarray(from, to)));
}

/**
 * The sequence number in the eight padding bytes at `at` of an le48 head: little-endian, each byte + 48 [field]. Bytes above 255 count as
 * wrapped [ours]. `null` above the safe integers: not a sequence number.
 */
export function readSequence(bytes: Uint8Array, at: number): number | null {
  const value = readFour(bytes, at + 4) * 2 ** 32 + readFour(bytes, at);
  return value <= Number.MAX_SAFE_INTEGER ? value : null;
}

function readFour(bytes: Uint8Array, at: number): number {
  return (
    ((((bytes[at] ?? 0) - zero) & 255) |
      ((((bytes[at + 1] ?? 0) - zero) & 255) << 8) |
      ((((bytes[at + 2] ?? 0) - zero) & 255) << 16) |
      (((bytes[at + 3] ?? 0) - zero) << 24)) >>>
    0
  );
}

/** The head of a connection's frames: the last one recognised, and the one to try first until then. */
export class HeadMemory {
  private readonly preferred: Head;
  /** `null` until one is recognised. */
  last: Head | null = null;

  constructor(preferred: Head) {
    this.preferred = preferred;
  }

  /** The head to try first. */
  get first(): Head {
    return this.last ?? this.preferred;
  }

  /** Stores the head, and adds a finding if it differs from the last one. */
  recognise(head: Head, findings: readonly Finding[]): readonly Finding[] {
    const from = this.last;
    this.last = head;
    if (from === null || from === head) return findings;
    return [{ code: 'head.changed', params: { from, to: head } }, ...findings];
  }
}

/** A decoded frame. `declared` and all lengths are in bytes; `bodyStart` is 0 without a head. */
export interface DecodedFrame {
  readonly kind: 'frame';
  /** `null`: not one of the two known heads. */
  readonly head: Head | null;
  /** The total the head declares. */
  readonly declared: number | null;
  /** The number in an le48 head's padding. */
  readonly sequence: number | null;
  /** Head and body exactly as on the wire. Created on first use, independent of the received chunk. */
  readonly bytes: Uint8Array;
  readonly bodyStart: number;
  /** The body as received, decoded. */
  readonly text: string;
  /** `null`: no object could be read from the body (`json.invalid`). */
  readonly json: JsonObject | null;
  readonly findings: readonly Finding[];
}
/** Bytes outside all frames: `junk.noFrame`, or `junk.cut` for the beginning of a frame whose rest is missing. */
export interface DecodedJunk {
  readonly kind: 'junk';
  readonly bytes: Uint8Array;
  readonly findings: readonly Finding[];
}
/** Limit of the bytes in which a frame must be decided [ours]. */
export const maxPending = noFrameLimit;

/** `maxPending` bytes contained no frame. The junk item before this one contains them. */
interface DecodedOverflow {
  readonly kind: 'overflow';
  readonly bytes: number;
}
export type Decoded = DecodedFrame | DecodedJunk | DecodedOverflow;

const noFindings: readonly Finding[] = [];

/** The only implementation of `DecodedFrame`. */
export class Frame implements DecodedFrame {
  readonly kind = 'frame';
  readonly head: Head | null;
  readonly declared: number | null;
  readonly sequence: number | null;
  readonly bodyStart: number;
  readonly json: JsonObject | null;
  readonly findings: readonly Finding[];
  /** One character per byte; the frame is `source[from..to)`. A string, because chunks may be overwritten. */
  private readonly source: string;
  private readonly from: number;
  private readonly to: number;
  private own: Uint8Array | null = null;
  /** `null` until the first use: then the body is ASCII. */
  private body: string | null;

  // `text` is null for an ASCII body. Separate parameters: an options object would cost a tenth of the decoder's time.
  constructor(
    source: string,
    from: number,
    to: number,
    bodyStart: number,
    head: Head | null,
    declared: number | null,
    sequence: number | null,
    text: string | null,
    json: JsonObject | null,
    findings: readonly Finding[],
  ) {
    this.source = source;
    this.from = from;
    this.to = to;
    this.bodyStart = bodyStart;
    this.head = head;
    this.declared = declared;
    this.sequence = sequence;
    this.body = text;
    this.json = json;
    this.findings = findings;
  }

  /** Number of bytes at the end of `bytes[at..at+total)` that equal this frame's: all of them, its body, or 0. */
  sameBytes(bytes: Uint8Array, at: number, total: number): number {
    const { source, from, to, bodyStart } = this;
    if (to - from !== total) return 0;
    for (let i = total - 1; i >= bodyStart; i -= 1)
      if (bytes[at + i] !== source.charCodeAt(from + i)) return 0;
    for (let i = 0; i < bodyStart; i += 1)
      if (bytes[at + i] !== source.charCodeAt(from + i)) return total - bodyStart;
    return total;
  }

  /** A copy without the original's findings. */
  copy(): Frame {
    const { source, from, to, bodyStart, head, declared, sequence, body, json } = this;
    const frame = new Frame(source, from, to, bodyStart, head, declared, sequence, body, json, noFindings);
    frame.own = this.bytes;
    return frame;
  }

  get text(): string {
    this.body ??= this.source.slice(this.from + this.bodyStart, this.to);
    return this.body;
  }

  get bytes(): Uint8Array {
    this.own ??= Buffer.from(this.source.slice(this.from, this.to), 'latin1');
    return this.own;
  }
}
