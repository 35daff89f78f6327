/** Forwards data between the two legs of a relayed connection, and holds frames that wait for a person. */
import type { Finding } from '#shared/findings';
import type { DecodedFrame } from '../protocol/frame';
import type { Effect } from './effects';
import type { Leg } from './leg';
import type { Reaction } from './policy';
import { passedOn, releasedFrame, type Release } from './relayedFrame';
import type { TooLong, Written } from './written';

/** The result of relaying a received frame: a finding to record with the frame, and effects after it. */
interface FrameRelayed {
  readonly finding: Finding | null;
  readonly effects: readonly Effect[];
}

/** A released frame: sent on that leg, or dropped with a finding. */
type Released = { readonly by: Leg; readonly written: Written } | { readonly finding: Finding };

/** The leg that forwards this leg's data; `null`: none does, or it has ended. */
export const acrossOf = ({ across }: Leg): Leg | null => (across?.hasEnded === false ? across : null);

/** Data of this leg may be forwarded before it is decoded: nothing earlier waits, and no frame needs a new number. */
export function mayPassAtOnce(leg: Leg): boolean {
  const across = acrossOf(leg);
  return across !== null && !across.isShut && leg.isFullyForwarded && across.shift === 0;
}

/** A frame of Crema to this leg could land inside a frame that is being forwarded. */
export const isWithinFrame = (leg: Leg): boolean => acrossOf(leg)?.isWithinFrame === true;

/** Forwards the part that was not forwarded on receipt, unchanged. */
export function passOn(leg: Leg, bytes: Uint8Array): readonly Effect[] {
  if (leg.across === null) return [];
  const unpassed = leg.takeUnpassed(bytes);
  const across = acrossOf(leg);
  return across === null || unpassed.length === 0
    ? []
    : [{ type: 'send', leg: across.name, bytes: unpassed, entry: null }];
}

/** `unpassed`: the part that was not forwarded on receipt. If a part was, the rest follows, whatever the policy wants. */
export function passFrame(
  leg: Leg,
  frame: DecodedFrame,
  unpassed: Uint8Array,
  wish: Reaction['stays'],
  at: number,
): FrameRelayed {
  const across = acrossOf(leg);
  if (across === null) return { finding: null, effects: [] };
  const isPassed = unpassed.length < frame.bytes.length;
  const stays = isPassed ? undefined : wish;
  const passed = passedOn(frame, across, stays !== undefined);
  const finding = isPassed ? null : passed.finding;
  if (typeof stays === 'object') return { finding, effects: [hold(leg, across, frame, stays.heldBy, at)] };
  const bytes = isPassed ? unpassed : passed.bytes;
  if (stays !== undefined || bytes.length === 0) return { finding, effects: [] };
  return { finding, effects: [{ type: 'send', leg: across.name, bytes, entry: null }] };
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
