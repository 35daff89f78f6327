/** Effects: the actions that a connection's core requests, among them the entries to record. */
import type { Finding } from '#shared/findings';
import { longFrame } from '#shared/limits';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Direction, NewEntry } from '#shared/model/frame';
import type { Message } from '#shared/model/message';
import type { DecodedFrame, DecodedJunk } from '../protocol/frame';
import type { Claim } from './claims';
import type { Conversation } from './conversation';
import type { Intake } from './intake';
import type { LegName } from './policy';
import type { Written } from './written';

/** A frame that waits until a person decides about it. */
export interface HeldFrame {
  /** Unique on its connection. */
  readonly key: number;
  /** The leg that received the frame. */
  readonly leg: LegName;
  /** The rule that holds the frame. */
  readonly rule: number;
  readonly frame: DecodedFrame;
  /** Time of receipt. */
  readonly at: number;
}

export type Effect =
  | { readonly type: 'record'; readonly entry: NewEntry }
  /**
   * Send in a single write, because a machine takes each read() as whole frames [field]. A frame that cannot be written is not recorded.
   * `entry`: `null` for forwarded bytes, which are recorded on receipt.
   */
  | {
      readonly type: 'send';
      readonly leg: LegName;
      readonly bytes: Uint8Array;
      readonly entry: NewEntry | null;
    }
  /** Answer with `claimed` before any later input. */
  | ({ readonly type: 'claim' } & Claim)
  /** Record on that connection if it is open. */
  | { readonly type: 'remark'; readonly conn: number; readonly finding: Finding }
  /** This frame waits for a person (`release`). */
  | { readonly type: 'hold'; readonly held: HeldFrame }
  /** Stop or resume reading on all legs. */
  | { readonly type: 'pause' | 'resume' }
  /** Call `tick` at this time, which replaces any later one. */
  | { readonly type: 'wake'; readonly at: number }
  /** `inOrder`: send the data written before. */
  | { readonly type: 'close'; readonly reason: CloseReason; readonly inOrder: boolean };

/** The entry of a new connection. Entries have whole ms; the times of a capture are finer. */
export function beginning({ conn, vmcNo, peer }: Conversation, time: number): Effect {
  return { type: 'record', entry: { kind: 'opened', at: Math.floor(time), conn, vmcNo, peer } };
}

export function ending({ conn, vmcNo }: Conversation, reason: CloseReason, time: number): Effect {
  return { type: 'record', entry: { kind: 'closed', at: Math.floor(time), conn, vmcNo, reason } };
}

/** `findings`: all findings about the frame. */
export function frameReceived(
  conversation: Conversation,
  leg: Intake,
  frame: DecodedFrame,
  message: Message,
  findings: readonly Finding[],
  at: number,
): Effect {
  return { type: 'record', entry: frameEntry(conversation, leg.came, frame, message, findings, at) };
}

export function frameSent(conversation: Conversation, leg: Intake, written: Written, at: number): Effect {
  const { bytes, message, findings } = written;
  const entry = frameEntry(conversation, leg.sent, written, message, findings, at);
  return { type: 'send', leg: leg.name, bytes, entry };
}

function frameEntry(
  { conn, vmcNo }: Conversation,
  dir: Direction,
  {
    head,
    sequence,
    bytes,
    bodyStart,
    text,
  }: Pick<Written, 'head' | 'sequence' | 'bytes' | 'bodyStart' | 'text'>,
  message: Message,
  found: readonly Finding[],
  time: number,
): NewEntry {
  const { length } = bytes;
  const findings: readonly Finding[] =
    dir === 'out' && length > longFrame ? [...found, { code: 'out.long', params: { bytes: length } }] : found;
  const at = Math.floor(time);
  return { kind: 'frame', at, conn, vmcNo, dir, head, sequence, bytes, bodyStart, text, message, findings };
}

/** A junk entry has no direction. A finding marks junk that is not from the machine's side. */
export function junkReceived(
  { conn, vmcNo }: Conversation,
  leg: Intake,
  { bytes, findings: found }: Pick<DecodedJunk, 'bytes' | 'findings'>,
  time: number,
): Effect {
  const findings: readonly Finding[] =
    leg.came === 'in' ? found : [...found, { code: 'capture.fromServer', params: { bytes: bytes.length } }];
  return { type: 'record', entry: { kind: 'junk', at: Math.floor(time), conn, vmcNo, bytes, findings } };
}

export function findingMade({ conn, vmcNo }: Conversation, finding: Finding, time: number): Effect {
  return { type: 'record', entry: { kind: 'finding', at: Math.floor(time), conn, vmcNo, finding } };
}
