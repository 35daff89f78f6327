/**
 * Reads frames as machines do [field]: the result of one `read()` is taken as whole frames. Both halves of a frame split over
 * two reads are lost; a frame longer than the platform's buffer is dropped. The app's decoder is not used on purpose.
 */
import { headSize, readDecimal, readLe48 } from '../protocol/head';
import type { Head, JsonObject } from '#shared/model/frame';

export interface ReadResult {
  readonly messages: readonly JsonObject[];
  /** Frames, or runs of other bytes, that the machine could not read. */
  readonly lost: number;
}

const decoder = new TextDecoder();
const brace = 0x7b;

function readObject(bytes: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

/** `heads`: the heads this machine reads, its own first; `longest`: bytes, head included. */
export function readFrames(chunk: Uint8Array, heads: readonly Head[], longest: number): ReadResult {
  const messages: JsonObject[] = [];
  let lost = 0;
  let at = 0;
  while (at < chunk.length) {
    let total: number | null = null;
    for (const head of heads) {
      if (at + headSize >= chunk.length || chunk[at + headSize] !== brace) break;
      total ??= head === 'decimal' ? readDecimal(chunk, at) : readLe48(chunk, at);
    }
    if (total === null || at + total > chunk.length) return { messages, lost: lost + 1 };
    const object = total > longest ? null : readObject(chunk.subarray(at + headSize, at + total));
    if (object === null) lost += 1;
    else messages.push(object);
    at += total;
  }
  return { messages, lost };
}
