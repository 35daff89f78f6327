/** Reads as the android program does: 4,096 bytes at a time, each read parsed as whole frames [field3]. */
import type { Head, JsonObject } from '#shared/model/frame';
import { headSize } from '#shared/framing';
import { readDecimal } from '../../../core/protocol/decoded';
import { readObject, type ReadResult } from '../wire';

export const readSize = 4_096;
const offset = 48;

const decoder = new TextDecoder();

/** The frames of one read. `heads`: the heads this machine reads, its own first. */
export function readAndroid(read: Uint8Array, heads: readonly Head[]): ReadResult {
  const messages: JsonObject[] = [];
  let lost = 0;
  let at = 0;
  while (at < read.length) {
    const total = totalAt(read, at, heads);
    // A cut frame, or one with the other kind of head, loses the rest of the read.
    if (total === null || total >= readSize || at + total > read.length) return { messages, lost: lost + 1 };
    const object = readObject(decoder.decode(read.subarray(at + headSize, at + total)));
    if (object === null) lost += 1;
    else messages.push(object);
    at += total;
  }
  return { messages, lost };
}

/** Of an le48 length, the program reads only the two low bytes. */
function totalAt(read: Uint8Array, at: number, heads: readonly Head[]): number | null {
  if (at + headSize >= read.length) return null;
  for (const head of heads) {
    const total =
      head === 'decimal'
        ? readDecimal(read, at)
        : ((read[at + 1] ?? 0) - offset) * 256 + ((read[at] ?? 0) - offset);
    if (total !== null && total > headSize && at + total <= read.length) return total;
  }
  return null;
}
