import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/catalog/findings';
import type { Head, JsonObject } from '#shared/model/frame';

/** A frame as it was found. `declared` and all lengths are in bytes; `bodyStart` is 0 where there was no head. */
export interface DecodedFrame {
  readonly kind: 'frame';
  /** `null`: none of the two known heads. */
  readonly head: Head | null;
  /** The total the head declares. */
  readonly declared: number | null;
  /** The number in an le48 head's padding. */
  readonly sequence: number | null;
  /** Head and body exactly as on the wire; made on first use, independent of the chunk it came in. */
  readonly bytes: Uint8Array;
  readonly bodyStart: number;
  /** The body as received, decoded. */
  readonly text: string;
  /** `null`: no object could be read from the body (`json.invalid`). */
  readonly json: JsonObject | null;
  readonly findings: readonly Finding[];
}
/** Bytes that belong to no frame: `junk.noFrame`, or `junk.cut` where a frame began and its rest never came. */
export interface DecodedJunk {
  readonly kind: 'junk';
  readonly bytes: Uint8Array;
  readonly findings: readonly Finding[];
}
/** `maxPending` bytes in which no frame could be decided; they were given out as junk just before. */
export interface DecodedOverflow {
  readonly kind: 'overflow';
  readonly bytes: number;
}
export type Decoded = DecodedFrame | DecodedJunk | DecodedOverflow;

/** The one implementation of `DecodedFrame`. */
export class Frame implements DecodedFrame {
  readonly kind = 'frame';
  readonly head: Head | null;
  readonly declared: number | null;
  readonly sequence: number | null;
  readonly bodyStart: number;
  readonly text: string;
  readonly json: JsonObject | null;
  readonly findings: readonly Finding[];
  /** One character per byte; the frame is `source[from..to)`. Strings never change, chunks may. */
  private readonly source: string;
  private readonly from: number;
  private readonly to: number;
  private own: Uint8Array | null = null;

  constructor(
    wire: { source: string; from: number; to: number; bodyStart: number },
    head: Head | null,
    declared: number | null,
    sequence: number | null,
    text: string,
    json: JsonObject | null,
    findings: readonly Finding[],
  ) {
    this.source = wire.source;
    this.from = wire.from;
    this.to = wire.to;
    this.bodyStart = wire.bodyStart;
    this.head = head;
    this.declared = declared;
    this.sequence = sequence;
    this.text = text;
    this.json = json;
    this.findings = findings;
  }

  get bytes(): Uint8Array {
    this.own ??= Buffer.from(this.source.slice(this.from, this.to), 'latin1');
    return this.own;
  }
}
