/** The policy of a connection: decides how its core reacts to received data. */
import type { Finding } from '#shared/findings';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Head } from '#shared/model/frame';
import type { Message, WireMessage } from '#shared/model/message';
import type { DecodedFrame } from '../protocol/frame';
import type { Claim } from './claims';
import type { Conversation } from './conversation';
import type { Instead } from './rewriting';

/**
 * The ends of a connection. A serving connection has only the machine's leg. A relaying connection also has the server's,
 * and forwards data of one leg to the other.
 */
export type LegName = 'machine' | 'server';

/** A received frame that is not recorded yet. */
export interface IncomingFrame {
  readonly leg: LegName;
  readonly frame: DecodedFrame;
  readonly message: Message;
  /** Findings of the message, without the frame's own. */
  readonly findings: readonly Finding[];
  /** Time of its last byte. */
  readonly at: number;
  /** Time of processing, which may be later. */
  readonly now: number;
  /** Part of the frame was forwarded on receipt, before it was decoded. */
  readonly isPassed: boolean;
  /** An immediate answer does not land inside a frame that is being forwarded in the same direction. */
  readonly mayAnswer: boolean;
}

/** Actions after a frame is recorded, in this order. Actions for a leg that has ended are skipped. */
export type Action =
  /**
   * Encodes the message with this head, numbers, records and sends it, to any leg.
   * `pause`: ms after the last frame written to that leg; without it, immediately.
   */
  | {
      readonly type: 'send';
      readonly leg: LegName;
      readonly message: WireMessage;
      readonly head: Head;
      readonly pause?: number;
    }
  /** Asks the policy again at this time, immediately if it has passed. A second reminder with the same subject replaces the first. */
  | { readonly type: 'remind'; readonly leg: LegName; readonly at: number; readonly about: string }
  /** The connection claims this machine's number. */
  | ({ readonly type: 'claim' } & Omit<Claim, 'conn'>)
  /** Records a finding on another connection. */
  | { readonly type: 'remark'; readonly conn: number; readonly finding: Finding }
  | { readonly type: 'close'; readonly reason: CloseReason };

export interface Reaction {
  readonly conversation: Conversation;
  /** All findings about the frame. */
  readonly findings: readonly Finding[];
  readonly actions: readonly Action[];
  /**
   * Relay only: a frame that is not forwarded yet is discarded, held until a person decides, or delayed.
   * Without it, the frame is forwarded.
   */
  readonly stays?: Stay;
  /** Relay only: a frame that is not forwarded yet is replaced by this one. */
  readonly instead?: Instead;
}

export type Stay =
  | 'dropped'
  | { readonly heldBy: number }
  | { readonly delayedBy: number; readonly ms: number };

export interface Policy {
  /** Whether silence, bytes without a frame, half a frame or untaken data closes the connection, on any leg. */
  readonly hasLimits: boolean;
  /** The data is from a recording: nothing is forwarded, and decoding need not be split into steps. */
  readonly isRecording?: true;
  readonly onFrame: (incoming: IncomingFrame, conversation: Conversation) => Reaction;
  /** Relay only: whether data is forwarded before it is decoded. Without it, no. */
  readonly passesAtOnce?: () => boolean;
  /** Called for a due reminder. A policy without it must not set reminders. */
  readonly onDue?: (about: string, conversation: Conversation, now: number) => readonly Action[];
  /** The head of messages on Crema's initiative. */
  readonly headFor: (conversation: Conversation) => Head;
}
