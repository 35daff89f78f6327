/** Forwards data between the two legs of a relayed connection, and keeps held and delayed frames. */
import type { Finding } from '#shared/findings';
import { messageOf } from '#shared/messages/read';
import type { DecodedFrame } from '../protocol/frame';
import type { Conversation } from './conversation';
import { DelayLine, type Delayed } from './delayed';
import type { Effect } from './effects';
import type { Leg } from './leg';
import type { Reaction, Stay } from './policy';
import { laterFrame, passedOn, releasedFrame, type Release } from './relayedFrame';
import { write } from './sending';
import type { TooLong, Written } from './written';

/** The result of relaying received data: a finding to record with it, and what follows the record. */
interface FrameRelayed {
  readonly finding: Finding | null;
  readonly effects: readonly Effect[];
  /** A frame with a record of its own. */
  readonly later: { readonly by: Leg; readonly written: Written } | null;
}
const nothing: FrameRelayed = { finding: null, effects: [], later: null };

/** A released frame: sent on that leg, or dropped with a finding. */
type Released = { readonly by: Leg; readonly written: Written } | { readonly finding: Finding };

/** The leg that forwards this leg's data; `null`: none does, or it has ended. */
export const acrossOf = ({ across }: Leg): Leg | null => (across?.hasEnded === false ? across : null);

/** Data of this leg may be forwarded before it is decoded: nothing earlier waits, and no frame needs a new number. */
export function mayPassAtOnce(leg: Leg): boolean {
  const across = acrossOf(leg);
  return across !== null && !across.isShut && leg.isFullyForwarded && !leg.isDelayed && across.shift === 0;
}

/** A frame of Crema to this leg could land inside a frame that is being forwarded. */
export const isWithinFrame = (leg: Leg): boolean => acrossOf(leg)?.isWithinFrame === true;

/** Forwards the part of some junk that was not forwarded on receipt, unchanged. */
export function passOn(leg: Leg, unpassed: Uint8Array, at: number): FrameRelayed {
  const across = acrossOf(leg);
  if (across === null || unpassed.length === 0) return nothing;
  const waits = delay(leg, { frame: null, bytes: unpassed, instead: null }, undefined, at);
  if (waits !== null) return { ...nothing, ...waits };
  return { ...nothing, effects: [{ type: 'send', leg: across.name, bytes: unpassed, entry: null }] };
}

/** `unpassed`: the part that was not forwarded on receipt. If a part was, the rest follows, whatever the policy wants. */
export function passFrame(
  leg: Leg,
  frame: DecodedFrame,
  unpassed: Uint8Array,
  { stays, ...reaction }: Pick<Reaction, 'stays' | 'instead'>,
  at: number,
): FrameRelayed {
  const instead = reaction.instead ?? null;
  const across = acrossOf(leg);
  if (across === null) return nothing;
  const isPassed = unpassed.length < frame.bytes.length;
  const by = stays !== undefined && isDelay(stays) ? stays : undefined;
  const isKept = !isPassed && stays !== undefined && by === undefined;
  const waits = isPassed || isKept ? null : delay(leg, { frame, bytes: frame.bytes, instead }, by, at);
  const replaced = isPassed || isKept || waits !== null ? null : instead;
  const passed = passedOn(frame, across, isKept || waits !== null || replaced !== null);
  const finding = isPassed ? null : (waits?.finding ?? passed.finding);
  if (isKept && stays !== 'dropped' && !isDelay(stays))
    return { ...nothing, finding, effects: [hold(leg, across, frame, stays.heldBy, at)] };
  if (isKept || waits !== null) return { ...nothing, finding };
  if (replaced !== null)
    return { ...nothing, later: { by: across, written: laterFrame(replaced, across.sequence) } };
  const bytes = isPassed ? unpassed : passed.bytes;
  if (bytes.length === 0) return { ...nothing, finding };
  return { ...nothing, finding, effects: [{ type: 'send', leg: across.name, bytes, entry: null }] };
}

type Delay = Extract<Stay, { readonly delayedBy: number }>;
const isDelay = (stays: Stay): stays is Delay => typeof stays === 'object' && 'delayedBy' in stays;

/** Delays data, by a rule or only because earlier data is delayed; `null`: neither. The finding of data that only waits. */
function delay(
  leg: Leg,
  data: Pick<Delayed, 'frame' | 'bytes' | 'instead'>,
  by: Delay | undefined,
  at: number,
): { readonly finding: Finding | null } | null {
  const rule = by?.delayedBy ?? leg.delays?.waiting.at(-1)?.rule;
  if (rule === undefined) return null;
  leg.delays ??= new DelayLine();
  leg.delays.add({ ...data, rule, at, ms: by?.ms ?? 0 });
  return { finding: by === undefined ? { code: 'relay.queued', params: { rule } } : null };
}

/** Sends some delayed data now. Junk was recorded when it was received. */
export function sentLate(
  conversation: Conversation,
  { frame, bytes, instead, at }: Delayed,
  by: Leg,
  now: number,
): Effect {
  if (frame === null) return { type: 'send', leg: by.name, bytes, entry: null };
  const finding: Finding = { code: 'relay.sentLate', params: { delay: Math.max(0, Math.floor(now - at)) } };
  const sent = instead ?? { frame, message: messageOf(frame.json, by.sent).message, findings: [] };
  return write(conversation, by, laterFrame(sent, by.sequence, finding), now);
}

function hold(leg: Leg, across: Leg, frame: DecodedFrame, rule: number, at: number): Effect {
  // A key is unique on the connection.
  const key = Math.max(leg.lastHeld, across.lastHeld) + 1;
  const held = { key, leg: leg.name, rule, frame, at };
  leg.lastHeld = key;
  leg.held = [...leg.held, held];
  return { type: 'hold', held };
}

/** Releases a held frame; `null`: it is not held. `tooLong` (bytes): no head can express the length, and the frame stays held. */
export function released(legs: readonly Leg[], key: number, as: Release): Released | TooLong | null {
  for (const leg of legs) {
    const held = leg.held.find((one) => one.key === key);
    const across = acrossOf(leg);
    if (held === undefined || across === null) continue;
    const written = as.type === 'drop' ? null : releasedFrame(held, as, across.sent, across.sequence);
    if (written !== null && 'tooLong' in written) return written;
    leg.held = leg.held.filter((one) => one !== held);
    return written === null
      ? { finding: { code: 'relay.heldDropped', params: { held: key } } }
      : { by: across, written };
  }
  return null;
}
