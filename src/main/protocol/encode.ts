import { Buffer } from 'node:buffer';
import { framed, type Encoded } from '#shared/framing';
import type { Head, JsonObject } from '#shared/model/frame';

export { encodeHead, readDecimal, readLe48 } from './head';

/**
 * One frame as it goes on the wire, in one piece: machines take one read as whole frames [field]. A `body` given as text is
 * sent as it is.
 */
export function encodeFrame(body: JsonObject | string, head: Head, sequence = 0): Encoded {
  return framed(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8'), head, sequence);
}
