import { Buffer } from 'node:buffer';
import { headSize, maxTotal, writeHead, type Encoded } from '#shared/framing';
import type { Head, JsonObject } from '#shared/model/frame';

export { encodeHead } from '#shared/framing';

const beyondAscii = /[^\0-\x7f]/g;
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A message of Crema as ASCII text. Linux machines count the frame length in characters [field]; in ASCII, characters equal bytes. */
export function wireText(message: JsonObject): string {
  const text = JSON.stringify(message);
  return text.search(beyondAscii) < 0 ? text : text.replaceAll(beyondAscii, escaped);
}

/**
 * One frame as sent, in one piece, because machines take each read() as whole frames [field]. A `body` given as text is sent unchanged.
 * Every answer needs this, so the text is written in place, without an array of its own (`framed` needs one).
 */
export function encodeFrame(body: JsonObject | string, head: Head, sequence = 0): Encoded {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const total = headSize + Buffer.byteLength(text);
  if (total > maxTotal) return { ok: false, bytes: total };
  const bytes = Buffer.allocUnsafe(total);
  writeHead(bytes, total, head, sequence);
  bytes.write(text, headSize);
  return { ok: true, bytes };
}
