import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import type { Head, JsonObject } from '#shared/model/frame';

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
/** `maxPending` bytes contained no frame. The junk item before this one contains them. */
interface DecodedOverflow {
  readonly kind: 'overflow';
  readonly bytes: number;
}
export type Decoded = DecodedFrame | DecodedJunk | DecodedOverflow;

const none: readonly Finding[] = [];

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
    const frame = new Frame(source, from, to, bodyStart, head, declared, sequence, body, json, none);
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
