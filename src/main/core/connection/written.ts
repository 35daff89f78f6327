/** A frame of Crema as it is written and recorded. */
import { messageOf } from '#shared/messages/read';
import type { Direction, FrameEntry, Head } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { Finding } from '#shared/findings';
import { encodeFrame, wireText } from '../protocol/encode';

export type Written = Pick<
  FrameEntry,
  'bytes' | 'head' | 'sequence' | 'bodyStart' | 'text' | 'message' | 'findings'
>;

/** No head can express a length of this many bytes. */
export interface TooLong {
  readonly tooLong: number;
}

const noFindings: readonly Finding[] = [];

/** `before`: the previous frame in this direction. Repeated messages are encoded once if the head has no number. */
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
    // Crema's own messages have no faults.
    findings: noFindings,
  };
}
