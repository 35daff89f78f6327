/** What is done to a frame that a connection with two legs passes on, so that the sequence stays whole where frames of ours went before it, or others stayed. */
import { headSize, writeHead } from '#shared/framing';
import { messageOf } from '#shared/messages/read';
import type { Direction } from '#shared/model/frame';
import type { Finding } from '#shared/findings';
import type { DecodedFrame } from '../protocol/frame';
import { encodeFrame } from '../protocol/encode';
import { readJson } from '../protocol/json';
import type { HeldFrame } from './effects';
import type { Leg } from './leg';
import type { TooLong, Written } from './written';

/** What a person says of a frame that is held. `text`: of the body, as it is to be sent instead. */
export type Release =
  | { readonly type: 'pass' }
  | { readonly type: 'drop' }
  | { readonly type: 'edit'; readonly text: string };

export interface PassedOn {
  /** As it leaves. */
  readonly bytes: Uint8Array;
  /** That it leaves with another number; `null`: as it came. */
  readonly finding: Finding | null;
}

/** Counts a frame that goes on by this leg, or stays, and gives what leaves. */
export function passedOn({ bytes, head, sequence }: DecodedFrame, by: Leg, stays: boolean): PassedOn {
  if (head !== 'le48' || sequence === null) return { bytes, finding: null };
  if (stays) by.shift -= 1;
  const next = sequence + by.shift;
  by.sequence = Math.max(-1, next) + 1;
  if (stays || next === sequence) return { bytes, finding: null };
  const finding: Finding = { code: 'relay.renumbered', params: { from: sequence, to: next } };
  return { bytes: renumbered(bytes, Math.max(0, next)), finding };
}

/** An le48 frame with another number. Its size is as the head said it, whatever the body has. */
function renumbered(bytes: Uint8Array, sequence: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const size = copy.slice(0, 4);
  // No total is too long for it: that of the head is put back.
  writeHead(copy, headSize, 'le48', sequence);
  copy.set(size, 0);
  return copy;
}

/** A frame that was held, as it goes on now: in its head, with the number that is next. */
export function releasedFrame(
  { key, frame }: HeldFrame,
  as: Exclude<Release, { readonly type: 'drop' }>,
  dir: Direction,
  next: number,
): Written | TooLong {
  const { head } = frame;
  const finding: Finding = {
    code: as.type === 'edit' ? 'relay.edited' : 'relay.released',
    params: { held: key },
  };
  if (as.type === 'pass') {
    const { bodyStart, text } = frame;
    const sequence = head === 'le48' && frame.sequence !== null ? next : null;
    const bytes = sequence === null ? frame.bytes : renumbered(frame.bytes, sequence);
    return { bytes, head, sequence, bodyStart, text, ...messageOf(frame.json, dir), findings: [finding] };
  }
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

/** A frame of ours among those of two others: whoever reads the record must not take it for theirs. */
export const ofRelay = (written: Written): Written =>
  written.findings.some(({ code }) => code === 'relay.edited' || code === 'relay.released')
    ? written
    : { ...written, findings: [...written.findings, { code: 'relay.ours' }] };
