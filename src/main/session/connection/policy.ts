/** What is done about what comes on a connection: a policy given to its core. */
import type { Finding } from '#shared/findings';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Head } from '#shared/model/frame';
import type { Message, WireMessage } from '#shared/model/message';
import type { DecodedFrame } from '../../protocol/frame';
import type { Conversation } from './conversation';

/** A connection's ways to others. One that serves a machine has the machine's only; one that relays has the server's too. */
export type LegName = 'machine' | 'server';

/** A frame that came, before it is recorded. */
export interface IncomingFrame {
  readonly leg: LegName;
  readonly frame: DecodedFrame;
  readonly message: Message;
  /** Findings of reading the message, beside the frame's own. */
  readonly findings: readonly Finding[];
  /** When its last byte came. */
  readonly at: number;
  /** When it is looked at, which may be later. */
  readonly now: number;
}

/** What is done about a frame once it is recorded, in this order. */
export type Action =
  /** Encoded with this head, and counted, as a frame of ours; to any leg. */
  | { readonly type: 'send'; readonly leg: LegName; readonly message: WireMessage; readonly head: Head }
  /** The connection says it is this machine. */
  | { readonly type: 'claim'; readonly vmcNo: number; readonly released: number | null }
  | { readonly type: 'close'; readonly reason: CloseReason };

export interface Reaction {
  readonly conversation: Conversation;
  /** Everything that is to be remarked about the frame. */
  readonly findings: readonly Finding[];
  readonly actions: readonly Action[];
}

export interface Policy {
  readonly onFrame: (incoming: IncomingFrame, conversation: Conversation) => Reaction;
  /** The head a message of our own accord gets. */
  readonly headFor: (conversation: Conversation) => Head;
}
