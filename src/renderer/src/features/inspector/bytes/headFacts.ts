/** The content of the twelve bytes before a body (docs/protocol/framing.md). */
import type { FrameDetail } from '#shared/model/frame';
import { latin1 } from '#shared/framing';

export interface HeadFacts {
  /** Total length in the head, including the head; `null`: not a number. */
  readonly declared: number | null;
  /** The eight bytes after the length, as characters. */
  readonly padding: string;
}

const headSize = 12;

/** `null`: the entry has no head, or an unknown one. */
export function headFacts({ head, bytes, bodyStart }: FrameDetail): HeadFacts | null {
  if (head === null || bodyStart < headSize) return null;
  const at = bodyStart - headSize;
  const padding = latin1(bytes.subarray(at + 4, at + headSize));
  if (head === 'decimal') {
    const digits = latin1(bytes.subarray(at, at + 4)).trim();
    if (!/^\d+$/.test(digits)) return { declared: null, padding };
    const total = Number(digits);
    // Zeros may also pad on the right: `3900` is 39 if the object ends there.
    const size = bytes.length - at;
    const filled = [total, total / 10, total / 100].find((value) => value === size);
    return { declared: filled ?? total, padding };
  }
  const low = bytes[at] ?? 0;
  const high = bytes[at + 1] ?? 0;
  return { declared: (high - 48) * 256 + low - 48, padding };
}
