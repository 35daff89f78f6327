import { Buffer } from 'node:buffer';
import type { Head, JsonObject } from '#shared/model/frame';
import { encodeHead, headSize, maxTotal } from './head';

export { encodeHead, readDecimal, readLe48 } from './head';

/** What goes out, or how long it would have been: over 9999 bytes nothing is sent. */
export type Encoded =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly bytes: number };

/**
 * One frame as it goes on the wire, in one piece: machines take one read as whole frames [field]. A `body` given as text is
 * sent as it is. `sequence` counts le48 frames; a decimal head has none.
 */
export function encodeFrame(body: JsonObject | string, head: Head, sequence = 0): Encoded {
  const text = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8');
  const total = headSize + text.length;
  if (total > maxTotal) return { ok: false, bytes: total };
  return { ok: true, bytes: Buffer.concat([encodeHead(total, head, sequence), text], total) };
}
