/** Reads as the linux program does: one read is one text, and lengths count characters [field3]. */
import type { Head, JsonObject } from '#shared/model/frame';
import { headSize } from '#shared/framing';
import { readDecimal, readLe48 } from '../../../core/protocol/decoded';
import { readObject, type ReadResult } from '../wire';

/** Allowed characters of a frame, if several arrive in one read. */
const piece = { least: headSize + 1, most: 1_023 } as const;

const decoder = new TextDecoder();
const nothing: ReadResult = { messages: [], lost: 1 };

/** `heads`: the heads this machine reads, its own first. */
export function readLinux(read: Uint8Array, heads: readonly Head[]): ReadResult {
  const text = decoder.decode(read);
  if (text.length <= headSize || text[headSize] !== '{') return nothing;
  // Heads are ASCII or one byte a character. In a text of such bytes only, character positions are byte positions.
  const bytes = text.length === read.length ? read : Buffer.from(text, 'latin1');
  const total = totalAt(bytes, 0, heads);
  if (total === null || total > text.length) return nothing;
  // The program's length check for long frames can never be true.
  if (total === text.length) {
    const object = readObject(text.slice(headSize));
    return object === null ? nothing : { messages: [object], lost: 0 };
  }
  const messages: JsonObject[] = [];
  let lost = 0;
  let at = 0;
  while (at < text.length) {
    const length = at + headSize < text.length ? totalAt(bytes, at, heads) : null;
    // The first invalid frame drops the rest.
    if (length === null || length < piece.least || length > piece.most || at + length > text.length)
      return { messages, lost: lost + 1 };
    const object = readObject(text.slice(at + headSize, at + length));
    if (object === null) lost += 1;
    else messages.push(object);
    at += length;
  }
  return { messages, lost };
}

function totalAt(bytes: Uint8Array, at: number, heads: readonly Head[]): number | null {
  for (const head of heads) {
    const total = head === 'decimal' ? readDecimal(bytes, at) : readLe48(bytes, at);
    if (total !== null) return total;
  }
  return null;
}
