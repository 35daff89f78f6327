/** What a connection's core says is to be done, and the entries among it. */
import type { Finding } from '#shared/findings';
import type { CloseReason } from '#shared/model/closeReasons';
import type { NewEntry } from '#shared/model/frame';
import type { Message } from '#shared/model/message';
import type { DecodedFrame, DecodedJunk } from '../../protocol/frame';
import type { Written } from './byHand';
import type { Claim } from './claims';
import type { Conversation } from './conversation';
import type { LegName } from './policy';

export type Effect =
  | { readonly type: 'record'; readonly entry: NewEntry }
  /** In one write, as a machine takes one read() as whole frames [field]; what can't be written is not recorded. */
  | { readonly type: 'send'; readonly leg: LegName; readonly bytes: Uint8Array; readonly entry: NewEntry }
  /** To be told of the outcome by `claimed` before anything that follows. */
  | ({ readonly type: 'claim' } & Claim)
  /** Read no more from this leg, or read on. */
  | { readonly type: 'pause' | 'resume'; readonly leg: LegName }
  /** Call `tick` then, instead of at any later time asked for before. */
  | { readonly type: 'wake'; readonly at: number }
  /** `inOrder`: what was written before still goes out. */
  | { readonly type: 'close'; readonly reason: CloseReason; readonly inOrder: boolean };

/** Machines drop longer frames: linux over 1024 bytes, android over 4096 [field]. */
const longFrame = 1000;

export function baseOf(
  { conn, vmcNo }: Conversation,
  at: number,
): { at: number; conn: number; vmcNo: number | null } {
  return { at, conn, vmcNo };
}

/** `findings`: all of the frame. */
export function frameCame(
  { conn, vmcNo }: Conversation,
  leg: LegName,
  { head, sequence, bytes, bodyStart, text }: DecodedFrame,
  message: Message,
  findings: readonly Finding[],
  at: number,
): Effect {
  const dir = leg === 'machine' ? 'in' : 'out';
  return {
    type: 'record',
    entry: { kind: 'frame', at, conn, vmcNo, dir, head, sequence, bytes, bodyStart, text, message, findings },
  };
}

export function frameSent(
  { conn, vmcNo }: Conversation,
  leg: LegName,
  { bytes, head, sequence, bodyStart, text, message, findings: reading }: Written,
  at: number,
): Effect {
  const { length } = bytes;
  const findings: readonly Finding[] =
    length > longFrame ? [...reading, { code: 'out.long', params: { bytes: length } }] : reading;
  const dir = 'out';
  return {
    type: 'send',
    leg,
    bytes,
    entry: { kind: 'frame', at, conn, vmcNo, dir, head, sequence, bytes, bodyStart, text, message, findings },
  };
}

export function junkCame(conversation: Conversation, { bytes, findings }: DecodedJunk, at: number): Effect {
  return { type: 'record', entry: { kind: 'junk', ...baseOf(conversation, at), bytes, findings } };
}

export function findingMade(conversation: Conversation, finding: Finding, at: number): Effect {
  return { type: 'record', entry: { kind: 'finding', ...baseOf(conversation, at), finding } };
}
