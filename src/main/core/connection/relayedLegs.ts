/** Forwards data between the two legs of a relayed connection, and holds frames that wait for a person. */
import type { Finding } from '#shared/findings';
import type { DecodedFrame } from '../protocol/frame';
import type { Effect, HeldFrame } from './effects';
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

export class RelayedLegs {
  readonly #held = new Map<number, { readonly frame: HeldFrame; readonly leg: Leg }>();
  #lastHeld = 0;

  constructor(legs: readonly Leg[]) {
    for (const leg of legs) leg.across = legs.find((other) => other !== leg) ?? null;
  }

  /** Number of frames that wait for a person. */
  get heldCount(): number {
    return this.#held.size;
  }

  /** The leg that forwards this leg's data; `null`: it has ended. */
  across(leg: Leg): Leg | null {
    return leg.across?.hasEnded === false ? leg.across : null;
  }

  /** Data of this leg may be forwarded before it is decoded: nothing earlier waits, and no frame needs a new number. */
  mayPassAtOnce(leg: Leg): boolean {
    const across = this.across(leg);
    return across !== null && !across.isShut && leg.isFullyForwarded && across.shift === 0;
  }

  /** Whether a frame of this leg waits for a person. */
  holdsOf(leg: Leg): boolean {
    for (const held of this.#held.values()) if (held.leg === leg) return true;
    return false;
  }

  /** A frame of Crema to this leg could land inside a frame that is being forwarded. */
  isWithinFrame(leg: Leg): boolean {
    return this.across(leg)?.isWithinFrame === true;
  }

  /** Forwards the part that was not forwarded on receipt, unchanged. */
  passOn(leg: Leg, bytes: Uint8Array): readonly Effect[] {
    const unpassed = leg.takeUnpassed(bytes);
    const across = this.across(leg);
    return across === null || unpassed.length === 0
      ? []
      : [{ type: 'send', leg: across.name, bytes: unpassed, entry: null }];
  }

  /** `unpassed`: the part that was not forwarded on receipt. If a part was, the rest follows, whatever the policy wants. */
  passFrame(
    leg: Leg,
    frame: DecodedFrame,
    unpassed: Uint8Array,
    wish: Reaction['stays'],
    at: number,
  ): FrameRelayed {
    const across = this.across(leg);
    if (across === null) return { finding: null, effects: [] };
    const isPassed = unpassed.length < frame.bytes.length;
    const stays = isPassed ? undefined : wish;
    const passed = passedOn(frame, across, stays !== undefined);
    const finding = isPassed ? null : passed.finding;
    if (typeof stays === 'object') return { finding, effects: [this.#hold(leg, frame, stays.heldBy, at)] };
    const bytes = isPassed ? unpassed : passed.bytes;
    if (stays !== undefined || bytes.length === 0) return { finding, effects: [] };
    return { finding, effects: [{ type: 'send', leg: across.name, bytes, entry: null }] };
  }

  #hold(leg: Leg, frame: DecodedFrame, rule: number, at: number): Effect {
    this.#lastHeld += 1;
    const held = { key: this.#lastHeld, leg: leg.name, rule, frame, at };
    this.#held.set(held.key, { frame: held, leg });
    return { type: 'hold', held };
  }

  /** Releases a held frame; `null`: it is not held. `tooLong` (bytes): no head can express the length, and the frame stays held. */
  release(key: number, as: Release): Released | TooLong | null {
    const held = this.#held.get(key);
    const across = held === undefined ? null : this.across(held.leg);
    if (held === undefined || across === null) return null;
    const written = as.type === 'drop' ? null : releasedFrame(held.frame, as, across.sent, across.sequence);
    if (written !== null && 'tooLong' in written) return written;
    this.#held.delete(key);
    return written === null
      ? { finding: { code: 'relay.heldDropped', params: { held: key } } }
      : { by: across, written };
  }
}
