import { Buffer } from 'node:buffer';
import { headSize, maxTotal, writeHead, type Encoded } from '#shared/framing';
import type { Head, JsonObject } from '#shared/model/frame';

export { encodeHead, readDecimal, readLe48 } from './head';

/**
 * One frame as it goes on the wire, in one piece: machines take one read as whole frames [field]. A `body` given as text is
 * sent as it is. Made for every answer: the text is written where it belongs, without an array of its own (`framed` needs one).
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
