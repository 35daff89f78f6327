/** A frame of ours as it is written and recorded. */
import { messageOf } from '#shared/messages/read';
import type { Direction, FrameEntry, Head } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { Finding } from '#shared/findings';
import { encodeFrame, wireText } from '../protocol/encode';

export type Written = Pick<
  FrameEntry,
  'bytes' | 'head' | 'sequence' | 'bodyStart' | 'text' | 'message' | 'findings'
>;

/** No head can say a length of so many bytes. */
export interface TooLong {
  readonly tooLong: number;
}

const noFindings: readonly Finding[] = [];

/** `before`: what was written before in this direction. Most is said again, and made once where the head has no number. */
export function writtenMessage(
  message: WireMessage,
  dir: Direction,
  head: Head,
  sequence: number,
  before: Written | null,
): Written | TooLong {
  const text = wireText(message);
  const same = before?.text === text ? before : null;
  if (same?.head === 'decimal' && head === 'decimal') return same;
  const encoded = encodeFrame(text, head, sequence);
  if (!encoded.ok) return { tooLong: encoded.bytes };
  return {
    bytes: encoded.bytes,
    head,
    sequence: head === 'le48' ? sequence : null,
    bodyStart: 12,
    text,
    message: same?.message ?? messageOf(message, dir).message,
    // What we make ourselves is without fault.
    findings: noFindings,
  };
}
