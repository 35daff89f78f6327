/** Renumbers forwarded frames, so that the sequence has no gap after inserted or dropped frames. */
import { headSize, writeHead } from '#shared/framing';
import { messageOf } from '#shared/messages/read';
import type { Direction } from '#shared/model/frame';
import type { Finding } from '#shared/findings';
import type { DecodedFrame } from '../protocol/frame';
import { encodeFrame } from '../protocol/encode';
import { readJson } from '../protocol/json';
import { isForwardedLater } from '#shared/model/relayed';
import type { HeldFrame } from './effects';
import type { Leg } from './leg';
import type { Instead } from './rewriting';
import type { TooLong, Written } from './written';

/** A person's decision about a held frame. `text`: the body to send instead. */
export type Release =
  | { readonly type: 'pass' }
  | { readonly type: 'drop' }
  | { readonly type: 'edit'; readonly text: string };

export interface PassedOn {
  /** The bytes to send. */
  readonly bytes: Uint8Array;
  /** Set if the frame gets another number. */
  readonly finding: Finding | null;
}

/** Counts a frame that leaves by this leg or stays, and returns the bytes to send. */
export function passedOn({ bytes, head, sequence }: DecodedFrame, by: Leg, stays: boolean): PassedOn {
  if (head !== 'le48' || sequence === null) return { bytes, finding: null };
  if (stays) by.shift -= 1;
  const next = sequence + by.shift;
  by.sequence = Math.max(-1, next) + 1;
  if (stays || next === sequence) return { bytes, finding: null };
  const finding: Finding = { code: 'relay.renumbered', params: { from: sequence, to: next } };
  return { bytes: renumbered(bytes, Math.max(0, next)), finding };
}

/** An le48 frame with another number. The size in the head stays, whatever the size of the body. */
function renumbered(bytes: Uint8Array, sequence: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const size = copy.slice(0, 4);
  // `writeHead` overwrites the size, so the original one is restored.
  writeHead(copy, headSize, 'le48', sequence);
  copy.set(size, 0);
  return copy;
}

/** A frame as it is sent later than received, or instead of the received one: with its head and the next number. */
export function laterFrame(
  { frame, message, findings }: Instead,
  next: number,
  ...more: readonly Finding[]
): Written {
  const { head, bodyStart, text } = frame;
  const sequence = head === 'le48' && frame.sequence !== null ? next : null;
  const bytes = sequence === null ? frame.bytes : renumbered(frame.bytes, sequence);
  return { bytes, head, sequence, bodyStart, text, message, findings: [...findings, ...more] };
}

/** A held frame as it is sent now: with its head and the next number. */
export function releasedFrame(
  { key, frame }: HeldFrame,
  as: Exclude<Release, { readonly type: 'drop' }>,
  dir: Direction,
  next: number,
): Written | TooLong {
  const finding: Finding = {
    code: as.type === 'edit' ? 'relay.edited' : 'relay.released',
    params: { held: key },
  };
  if (as.type === 'pass') {
    const { message } = messageOf(frame.json, dir);
    return laterFrame({ frame, message, findings: [] }, next, finding);
  }
  const { head } = frame;
  const { text } = as;
  const encoded = encodeFrame(text, head ?? 'decimal', next);
  if (!encoded.ok) return { tooLong: encoded.bytes };
  const { message, findings } = messageOf(readJson(text).json, dir);
  return {
    bytes: encoded.bytes,
    head: head ?? 'decimal',
    sequence: head === 'le48' ? next : null,
    bodyStart: headSize,
    text,
    message,
    findings: [...findings, finding],
  };
}

/** Marks a frame of Crema between two other parties, so that nobody takes it for theirs. */
export const markedAsOurs = (written: Written): Written =>
  isForwardedLater(written)
    ? written
    : { ...written, findings: [...written.findings, { code: 'relay.ours' }] };
