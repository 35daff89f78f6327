/** A message on the wire: head and body (docs/protocol/framing.md). */
import type { Head } from './model/frame';

/** Bytes of a head. */
export const headSize = 12;
/** The largest total of four decimal digits. Crema sends nothing longer, with either head. */
export const maxTotal = 9999;

const zero = 48;

/**
 * The head of a frame of `total` bytes including the head. `sequence` fills the padding of an le48 head; a decimal head's padding is
 * `00000000`. @throws RangeError if the form cannot express the total (decimal above 9999, le48 above 53,199)
 */
export function encodeHead(total: number, head: Head, sequence: number): Uint8Array {
  const bytes = new Uint8Array(headSize);
  writeHead(bytes, total, head, sequence);
  return bytes;
}

/** Like `encodeHead`, into the first 12 of these bytes. */
export function writeHead(bytes: Uint8Array, total: number, head: Head, sequence: number): void {
  bytes.fill(zero, 0, headSize);
  if (head === 'decimal') {
    if (total > maxTotal) throw new RangeError(`a decimal head cannot say ${total}`);
    for (let i = 3, rest = total; i >= 0; i -= 1, rest = Math.floor(rest / 10)) bytes[i] = zero + (rest % 10);
    return;
  }
  const value = total + zero;
  if (value >> 8 > 255 - zero) throw new RangeError(`an le48 head cannot say ${total}`);
  bytes[0] = value & 255;
  bytes[1] = (value >> 8) + zero;
  for (let i = 4, rest = sequence; i < headSize; i += 1, rest = Math.floor(rest / 256)) {
    bytes[i] = ((rest % 256) + zero) & 255;
  }
}

/** The encoded frame, or its size if it exceeds 9999 bytes and is not sent. */
export type Encoded =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly bytes: number };

/** A frame with a UTF-8 body, in one piece. `sequence` counts le48 frames; a decimal head has none. */
export function framed(body: Uint8Array, head: Head, sequence: number): Encoded {
  const total = headSize + body.length;
  if (total > maxTotal) return { ok: false, bytes: total };
  const bytes = new Uint8Array(total);
  writeHead(bytes, total, head, sequence);
  bytes.set(body, headSize);
  return { ok: true, bytes };
}

/** Bytes as text, one character per byte, without decoding. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
