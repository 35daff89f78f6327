/** What comes on one leg of a relayed connection leaves by the other: which of it and when, and what waits for a person before it does. */
import type { Finding } from '#shared/findings';
import type { DecodedFrame } from '../protocol/frame';
import type { Effect, HeldFrame } from './effects';
import type { Leg } from './leg';
import type { Reaction } from './policy';
import { passedOn, releasedFrame, type Release } from './relayedFrame';
import type { TooLong, Written } from './written';

/** What became of a frame that came: beside what the policy found of it, and after it is recorded. */
interface FrameRelayed {
  readonly finding: Finding | null;
  readonly effects: readonly Effect[];
}

/** A frame that is held no more: it goes out by that leg, or is dropped, which is remarked. */
type Released = { readonly by: Leg; readonly written: Written } | { readonly finding: Finding };

export class RelayedLegs {
  readonly #held = new Map<number, { readonly frame: HeldFrame; readonly leg: Leg }>();
  #lastHeld = 0;

  constructor(legs: readonly Leg[]) {
    for (const leg of legs) leg.across = legs.find((other) => other !== leg) ?? null;
  }

  /** Frames that wait for a person. */
  get heldCount(): number {
    return this.#held.size;
  }

  /** The leg by which what comes on this one leaves; `null`: it has ended. */
  across(leg: Leg): Leg | null {
    return leg.across?.hasEnded === false ? leg.across : null;
  }

  /** What comes on it may go on before it is decoded: all that came before has, and no frame has to be numbered anew. */
  mayPassAtOnce(leg: Leg): boolean {
    const across = this.across(leg);
    return across !== null && !across.isShut && leg.isFullyForwarded && across.shift === 0;
  }

  /** Whether something that came on it waits for a person. */
  holdsOf(leg: Leg): boolean {
    for (const held of this.#held.values()) if (held.leg === leg) return true;
    return false;
  }

  /** A frame of ours to this leg might fall into one that is being passed on to it. */
  isWithinFrame(leg: Leg): boolean {
    return this.across(leg)?.isWithinFrame === true;
  }

  /** As it is, what of it was not passed on when it came. */
  passOn(leg: Leg, bytes: Uint8Array): readonly Effect[] {
    const unpassed = leg.takeUnpassed(bytes);
    const across = this.across(leg);
    return across === null || unpassed.length === 0
      ? []
      : [{ type: 'send', leg: across.name, bytes: unpassed, entry: null }];
  }

  /** `unpassed`: what of the frame was not passed on when it came; of one of which some was, the rest follows, whatever the policy says. */
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

  /** What becomes of a frame that is held; `null`: it is not. `tooLong` in bytes where no head can say its length: then it is held on. */
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
