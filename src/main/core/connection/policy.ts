/** What is done about what comes on a connection: a policy given to its core. */
import type { Finding } from '#shared/findings';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Head } from '#shared/model/frame';
import type { Message, WireMessage } from '#shared/model/message';
import type { DecodedFrame } from '../protocol/frame';
import type { Claim } from './claims';
import type { Conversation } from './conversation';

/** A connection's ways to others. One that serves a machine has the machine's only; one that relays has the server's too, and what comes on one leaves by the other. */
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
  /** Some of it was passed on when it came, before anybody knew what it is. */
  readonly isPassed: boolean;
  /** What is sent back at once does not fall into a frame that is being passed on the same way. */
  readonly mayAnswer: boolean;
}

/** What is done about a frame once it is recorded, in this order. What is for a leg that has ended is not done. */
export type Action =
  /**
   * Encoded with this head, counted and recorded, as a frame of ours; to any leg. `pause`: it goes so many ms after what was written to
   * that leg last, not at once.
   */
  | {
      readonly type: 'send';
      readonly leg: LegName;
      readonly message: WireMessage;
      readonly head: Head;
      readonly pause?: number;
    }
  /** The policy is asked again then, at once where that has passed; of the same about it is asked once. */
  | { readonly type: 'remind'; readonly leg: LegName; readonly at: number; readonly about: string }
  /** The connection says it is this machine. */
  | ({ readonly type: 'claim' } & Omit<Claim, 'conn'>)
  /** Remarked about another connection. */
  | { readonly type: 'remark'; readonly conn: number; readonly finding: Finding }
  | { readonly type: 'close'; readonly reason: CloseReason };

export interface Reaction {
  readonly conversation: Conversation;
  /** Everything that is to be remarked about the frame. */
  readonly findings: readonly Finding[];
  readonly actions: readonly Action[];
  /** With another leg: a frame of which nothing was passed on yet stays here, for good or until a person says what becomes of it. Left out: it goes on. */
  readonly stays?: 'dropped' | { readonly heldBy: number };
}

export interface Policy {
  /** Whether silence, bytes without a frame, half a frame or a reader that does not read ends the connection, on any leg. */
  readonly hasLimits: boolean;
  /** What comes was recorded elsewhere: nothing is passed on, and nobody waits while much of it is decoded at once. */
  readonly isRecording?: true;
  readonly onFrame: (incoming: IncomingFrame, conversation: Conversation) => Reaction;
  /** With another leg: whether what comes is passed on before it is decoded. Left out: it is not. */
  readonly passesAtOnce?: () => boolean;
  /** What it wanted to be reminded of is due. A policy that does not say never asks for it. */
  readonly onDue?: (about: string, conversation: Conversation, now: number) => readonly Action[];
  /** The head a message of our own accord gets. */
  readonly headFor: (conversation: Conversation) => Head;
}
