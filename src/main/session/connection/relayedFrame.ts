/** What is done to a frame that a connection with two legs passes on, so that the sequence stays whole where frames of ours went before it, or others stayed. */
import { writeHead } from '#shared/framing';
import { messageOf } from '#shared/messages/read';
import type { Direction } from '#shared/model/frame';
import type { Finding } from '#shared/findings';
import type { DecodedFrame } from '../../protocol/frame';
import { encodeFrame } from '../../protocol/encode';
import { readJson } from '../../protocol/json';
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
  const renumbered = Uint8Array.from(bytes);
  // The size is as the head said it, whatever the body has: only the number is another.
  const size = renumbered.slice(0, 4);
  writeHead(renumbered, renumbered.length, 'le48', Math.max(0, next));
  renumbered.set(size, 0);
  return { bytes: renumbered, finding: { code: 'relay.renumbered', params: { from: sequence, to: next } } };
}

/** A frame that was held, as it goes on now: in its head, with the number that is next. */
export function releasedFrame(
  { key, frame }: HeldFrame,
  as: Exclude<Release, { readonly type: 'drop' }>,
  dir: Direction,
  next: number,
): Written | TooLong {
  const text = as.type === 'edit' ? as.text : frame.text;
  const { head } = frame;
  const sequence = head === 'le48' ? next : null;
  const finding: Finding = {
    code: as.type === 'edit' ? 'relay.edited' : 'relay.released',
    params: { held: key },
  };
  if (as.type === 'pass' && head !== 'le48') {
    const { bytes, bodyStart } = frame;
    return { bytes, head, sequence, bodyStart, text, ...messageOf(frame.json, dir), findings: [finding] };
  }
  const encoded = encodeFrame(text, head ?? 'decimal', next);
  if (!encoded.ok) return { tooLong: encoded.bytes };
  const { message, findings } = messageOf(readJson(text).json, dir);
  return {
    bytes: encoded.bytes,
    head: head ?? 'decimal',
    sequence,
    bodyStart: 12,
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
