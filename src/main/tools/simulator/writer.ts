/** Encodes a body as socket writes with the active misbehaviours. Uses no clock and no socket. */
import { encodeHead, headSize, writeHead } from '#shared/framing';
import type { Head, JsonObject } from '#shared/model/frame';
import type { Misbehaviour } from '#shared/model/simulator';
import { toGb18030 } from './gb18030';
import type { Random } from './random';

/** One write to the socket, `wait` ms after the one before it. */
export interface Write {
  readonly bytes: Uint8Array;
  readonly wait: number;
}

export interface Style {
  readonly head: Head;
  /** The sequence number for the next frame's padding. */
  readonly sequence: () => number;
  readonly misbehaviours: ReadonlySet<Misbehaviour>;
  readonly random: Random;
  /** android pads bodies whose length is in a small range [field3]. */
  readonly padsBodies: boolean;
  /** A heartbeat's body, appended to the write of a merged frame. */
  readonly beat: () => JsonObject;
}

/** Between the two halves of a split frame and between the bytes of a slow one, ms. */
export const splitPause = 60;
export const slowPause = 25;

/** Characters of a body that is padded [field3]. */
const paddedLength = { least: 196, most: 200 } as const;

const encoder = new TextEncoder();
const empty = new Uint8Array(0);

export function writesOf(body: JsonObject, style: Style): readonly Write[] {
  const { misbehaviours } = style;
  const bytes = misbehaviours.has('mergedSends')
    ? joined([frameOf(body, style), frameOf(style.beat(), style)])
    : frameOf(body, style);
  if (misbehaviours.has('slowSends')) {
    return Array.from(bytes, (byte, i) => ({ bytes: Uint8Array.of(byte), wait: i === 0 ? 0 : slowPause }));
  }
  if (misbehaviours.has('splitSends')) {
    const cut = style.random.int(1, bytes.length - 1);
    return [
      { bytes: bytes.subarray(0, cut), wait: 0 },
      { bytes: bytes.subarray(cut), wait: splitPause },
    ];
  }
  return [{ bytes, wait: 0 }];
}

/** One frame with its head, and the junk before it. */
export function frameOf(body: JsonObject, style: Style): Uint8Array {
  const { misbehaviours, random } = style;
  const text = padded(textOf(body, misbehaviours), style);
  if (misbehaviours.size === 0) return plainFrame(text, style);
  const bytes = misbehaviours.has('textGb18030') ? toGb18030(text) : encoder.encode(text);
  const junk = misbehaviours.has('junkBefore') ? junkOf(random) : empty;
  return joined([junk, headOf(bytes.length, text.length, style), bytes]);
}

function plainFrame(text: string, { head, sequence }: Style): Uint8Array {
  const frame = Buffer.allocUnsafe(headSize + Buffer.byteLength(text));
  writeHead(frame, frame.length, head, sequence());
  frame.write(text, headSize);
  return frame;
}

const padded = (text: string, { padsBodies }: Style): string =>
  padsBodies && text.length >= paddedLength.least && text.length <= paddedLength.most && text.endsWith('}')
    ? `${text.slice(0, -1)},"padding":"padding"}`
    : text;

function headOf(bodyBytes: number, bodyChars: number, style: Style): Uint8Array {
  const { misbehaviours, random, head } = style;
  if (misbehaviours.has('headMissing')) return empty;
  if (misbehaviours.has('headUnrecognised')) return encoder.encode('LEN?PADDING?');
  let total = headSize + bodyBytes;
  if (misbehaviours.has('headLengthInChars')) total = headSize + bodyChars;
  if (misbehaviours.has('headLengthWrong')) total += random.pick([-9, -4, -1, 1, 3, 8]);
  if (misbehaviours.has('sequenceGap'))
    for (let skip = random.int(1, 4); skip > 0; skip -= 1) style.sequence();
  return encodeHead(total, head, style.sequence());
}

function textOf(body: JsonObject, misbehaviours: ReadonlySet<Misbehaviour>): string {
  if (misbehaviours.size === 0) return JSON.stringify(body);
  // These two misbehaviours show only in Chinese text, so every body gets some.
  const wordy = misbehaviours.has('headLengthInChars') || misbehaviours.has('textGb18030');
  const members = Object.entries(wordy ? { ...body, note: '咖啡机' } : body).map(([name, value]) => {
    // As in the document's examples: stray spaces in values, never in the command.
    const spaced = misbehaviours.has('jsonStraySpaces') && name !== 'cmd' && typeof value === 'string';
    return `${JSON.stringify(name)}:${JSON.stringify(spaced ? ` ${value} ` : value)}`;
  });
  const commas = members.slice(1).map(() => ',');
  if (misbehaviours.has('jsonComment')) commas[0] = ', // reserved\n'; // [doc 3.8]
  if (misbehaviours.has('jsonMissingComma')) commas.push((commas.pop() ?? '').replace(',', '\n')); // [doc 3.7]
  if (misbehaviours.has('jsonTrailingComma')) commas.push(','); // [doc 3.4]
  const text = `{${members.map((member, i) => member + (commas[i] ?? '')).join('')}}`;
  return misbehaviours.has('jsonCut') ? text.slice(0, Math.ceil(text.length * 0.6)) : text;
}

/** Bytes that are not a frame and do not begin one. */
function junkOf(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.int(3, 20) }, () =>
    random.pick([0x00, 0x07, 0xff, 0xaa, 0x55, 0x7e]),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
