/** Frames of Crema: numbered, and recorded as they are sent. */
import type { Head } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import { findingMade, frameEntry, type Conversation } from './conversation';
import type { Effect } from './effects';
import type { Leg } from './leg';
import { markedAsOurs } from './relayedFrame';
import { writtenMessage, type Written } from './written';

/** Sends a message, or records that it is too long. */
export function send(
  conversation: Conversation,
  leg: Leg,
  message: WireMessage,
  head: Head,
  now: number,
): Effect {
  const written = writtenMessage(message, leg.sent, head, leg.sequence, leg.lastSent);
  if ('tooLong' in written) {
    const finding = { code: 'out.tooLong', params: { bytes: written.tooLong } } as const;
    return findingMade(conversation, finding, now);
  }
  leg.lastSent = written;
  return write(conversation, leg, written, now);
}

/** Like `send`, for a message on Crema's initiative. */
export function sendChosen(
  conversation: Conversation,
  leg: Leg,
  message: WireMessage,
  head: Head,
  now: number,
): Effect {
  leg.lastOwnAt = now;
  return send(conversation, leg, message, head, now);
}

export function write(conversation: Conversation, leg: Leg, written: Written, now: number): Effect {
  if (written.sequence === leg.sequence) {
    leg.sequence += 1;
    leg.shift += 1;
  }
  leg.wroteAt = now;
  const sent = leg.across === null ? written : markedAsOurs(written);
  const { bytes, message, findings } = sent;
  const entry = frameEntry(conversation, leg.sent, sent, message, findings, now);
  return { type: 'send', leg: leg.name, bytes, entry };
}
