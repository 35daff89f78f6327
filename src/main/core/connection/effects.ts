/** What a connection's core says is to be done, and the entries among it. */
import type { Finding } from '#shared/findings';
import { longFrame } from '#shared/limits';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Direction, NewEntry } from '#shared/model/frame';
import type { Message } from '#shared/model/message';
import type { DecodedFrame, DecodedJunk } from '../protocol/frame';
import type { Claim } from './claims';
import type { Conversation } from './conversation';
import type { Leg } from './leg';
import type { LegName } from './policy';
import type { Written } from './written';

/** A frame that stays until a person says what becomes of it. */
export interface HeldFrame {
  /** Unlike any other of its connection. */
  readonly key: number;
  /** That it came on. */
  readonly leg: LegName;
  /** The rule by which it waits. */
  readonly rule: number;
  readonly frame: DecodedFrame;
  /** When it came. */
  readonly at: number;
}

export type Effect =
  | { readonly type: 'record'; readonly entry: NewEntry }
  /**
   * In one write, as a machine takes one read() as whole frames [field]; what can't be written is not recorded. `entry`: `null` for
   * bytes that are recorded as they came.
   */
  | {
      readonly type: 'send';
      readonly leg: LegName;
      readonly bytes: Uint8Array;
      readonly entry: NewEntry | null;
    }
  /** To be told of the outcome by `claimed` before anything that follows. */
  | ({ readonly type: 'claim' } & Claim)
  /** To be recorded on that connection, if it stands. */
  | { readonly type: 'remark'; readonly conn: number; readonly finding: Finding }
  /** This frame waits for a person (`release`). */
  | { readonly type: 'hold'; readonly held: HeldFrame }
  /** Read no more from any leg, or read on. */
  | { readonly type: 'pause' | 'resume' }
  /** Call `tick` then, instead of at any later time asked for before. */
  | { readonly type: 'wake'; readonly at: number }
  /** `inOrder`: what was written before still goes out. */
  | { readonly type: 'close'; readonly reason: CloseReason; readonly inOrder: boolean };

/** The entry of what a connection has come to. Entries have whole ms; the times of a capture are finer. */
export function beginning({ conn, vmcNo, peer }: Conversation, time: number): Effect {
  return { type: 'record', entry: { kind: 'opened', at: Math.floor(time), conn, vmcNo, peer } };
}

export function ending({ conn, vmcNo }: Conversation, reason: CloseReason, time: number): Effect {
  return { type: 'record', entry: { kind: 'closed', at: Math.floor(time), conn, vmcNo, reason } };
}

/** `findings`: all that were found of the frame by reading and judging it. */
export function frameCame(
  conversation: Conversation,
  leg: Leg,
  frame: DecodedFrame,
  message: Message,
  findings: readonly Finding[],
  at: number,
): Effect {
  return { type: 'record', entry: frameEntry(conversation, leg.came, frame, message, findings, at) };
}

export function frameSent(conversation: Conversation, leg: Leg, written: Written, at: number): Effect {
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

/** An entry of junk has no direction of its own: a finding says where it is not from the machine's side. */
export function junkCame(
  { conn, vmcNo }: Conversation,
  leg: Leg,
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
