/** Frames that a person writes: a text with a head, or raw bytes, which may be invalid on purpose. */
import type { Direction, Head } from '#shared/model/frame';
import { framed } from '#shared/framing';
import { messageOf } from '#shared/messages/read';
import { encodeFrame } from '../protocol/encode';
import { FrameDecoder } from '../protocol/frame';
import { readJson } from '../protocol/json';
import { decodeText } from '../protocol/text';
import type { TooLong, Written } from './written';

export type ByHand =
  | { readonly as: 'text'; readonly text: string; readonly head: Head | 'machine' }
  | { readonly as: 'bytes'; readonly bytes: Uint8Array }
  /** With the head that Crema uses for this machine. */
  | { readonly as: 'body'; readonly body: Uint8Array };

/** `machineHead`: the head that Crema uses for this machine. */
export function writtenByHand(
  content: ByHand,
  dir: Direction,
  machineHead: Head,
  sequence: number,
): Written | TooLong {
  if (content.as === 'bytes') return read(placed(content.bytes), dir);
  const head = content.as === 'body' || content.head === 'machine' ? machineHead : content.head;
  const encoded =
    content.as === 'body' ? framed(content.body, head, sequence) : encodeFrame(content.text, head, sequence);
  if (!encoded.ok) return { tooLong: encoded.bytes };
  const { bytes } = encoded;
  return read({ bytes, head, sequence: head === 'le48' ? sequence : null, bodyStart: 12 }, dir);
}

type Placed = Pick<Written, 'bytes' | 'head' | 'sequence' | 'bodyStart'>;

/** Bytes that form exactly one valid frame are recorded as a frame, other bytes as raw bytes. */
function placed(bytes: Uint8Array): Placed {
  const decoder = new FrameDecoder();
  const items = [...decoder.push(bytes), ...decoder.end()];
  const [only] = items;
  if (items.length === 1 && only?.kind === 'frame' && only.bytes.length === bytes.length)
    return { bytes, head: only.head, sequence: only.sequence, bodyStart: only.bodyStart };
  return { bytes, head: null, sequence: null, bodyStart: 0 };
}

function read(place: Placed, dir: Direction): Written {
  const { text } = decodeText(place.bytes.subarray(place.bodyStart));
  return { ...place, text, ...messageOf(readJson(text).json, dir) };
}
