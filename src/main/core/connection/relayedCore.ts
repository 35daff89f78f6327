/** The core of a relayed connection: data of one leg leaves by the other leg. */
import type { Finding } from '#shared/findings';
import type { Peer } from '#shared/model/frame';
import { ConnectionCore, type Effects } from './core';
import { findingMade } from './conversation';
import { acrossOf, isWithinFrame, mayPassAtOnce, released, sentLate } from './forwarding';
import type { LegName, Policy } from './policy';
import type { Release } from './relayedFrame';
import { write } from './sending';
import type { TooLong } from './written';

export class RelayedCore extends ConnectionCore {
  constructor(conn: number, peer: Peer, policy: Policy, now: number) {
    super(conn, peer, policy, now, ['machine', 'server']);
    for (const leg of this.legs) leg.across = this.legs.find((other) => other !== leg) ?? null;
  }

  /** Whether data of this leg is forwarded before it is decoded: not while earlier data waits, or while frames need new numbers. */
  passesAtOnce(name: LegName): boolean {
    const leg = this.openLeg(name);
    return leg !== null && mayPassAtOnce(leg) && this.policy.passesAtOnce?.() === true;
  }

  /** All data of this leg was forwarded or discarded, so its end may be forwarded too. `isOver`: held frames do not count. */
  isFullyForwarded(name: LegName, isOver = false): boolean {
    const leg = this.openLeg(name);
    return leg === null || (leg.isFullyForwarded && !leg.isDelayed && (isOver || leg.held.length === 0));
  }

  /** Decodes everything received, so that `next` and `isWithinFrame` are up to date. */
  catchUp(): void {
    this.decodeAll();
  }

  /** A frame of Crema to this leg could land inside a frame that is being forwarded. */
  isWithinFrame(name: LegName): boolean {
    const leg = this.openLeg(name);
    return leg !== null && isWithinFrame(leg);
  }

  /** Memory of the undecoded data of both legs, in bytes. */
  get backlogSize(): number {
    return this.legs.reduce((sum, { size }) => sum + size, 0);
  }

  /** Undecoded bytes of this leg. */
  undecoded(name: LegName): number {
    return this.openLeg(name)?.undecoded ?? 0;
  }

  /** Releases a held frame; without effects if it is no longer held. `tooLong` (bytes): no head can express the length; it stays held. */
  release(key: number, as: Release, now: number): Effects | TooLong {
    const done = this.ended ? null : released(this.legs, key, as);
    if (done === null) return [];
    if ('tooLong' in done) return done;
    return 'finding' in done
      ? [findingMade(this.conversation, done.finding, now)]
      : [write(this.conversation, done.by, done.written, now)];
  }

  /** Delayed data first: a busy connection must not delay it further. */
  override next(now: number): Effects | null {
    for (const leg of this.legs) {
      const across = this.ended ? null : acrossOf(leg);
      const late = across?.isOpen === true ? (leg.delays?.take(now) ?? null) : null;
      if (across !== null && late !== null) {
        this.isChecked = false;
        return [sentLate(this.conversation, late, across, now)];
      }
    }
    return super.next(now);
  }

  /** Some delayed data is due, so that `next` has more effects. */
  hasDue(now: number): boolean {
    return this.legs.some(
      ({ delays, across }) => across?.isOpen === true && (delays?.dueAt ?? Infinity) <= now,
    );
  }

  /** Ends the delays of the other rules. Carry out `next` afterwards. */
  keepDelays(isKept: (rule: number) => boolean): void {
    for (const leg of this.legs) leg.delays?.keepOnly(isKept);
    this.isChecked = false;
  }

  /** Memory of the delayed data of this leg, in bytes. */
  delayedSize(name: LegName): number {
    return this.openLeg(name)?.delays?.size ?? 0;
  }

  /** Number of delayed items. */
  get delayed(): number {
    let sum = 0;
    for (const { delays } of this.legs) sum += delays?.waiting.length ?? 0;
    return sum;
  }

  /** The rule of each delayed item. */
  get delayedBy(): readonly number[] {
    return this.ended ? [] : this.legs.flatMap(({ delays }) => delays?.waiting.map(({ rule }) => rule) ?? []);
  }

  /** Reports bytes of this leg that were forwarded but not kept. Carry out `next` afterwards. */
  missed(name: LegName, bytes: number, at: number): void {
    const dir = this.openLeg(name)?.came;
    if (dir !== undefined)
      this.remarkAfter(name, { code: 'relay.unrecorded', params: { bytes, dir } }, at, true);
  }

  /** Like `remark`, but after all data received so far on any leg. Carry out `next` afterwards. */
  remarkAfter(name: LegName, finding: Finding, at: number, isGap = false): void {
    const leg = this.openLeg(name);
    if (leg === null) return;
    leg.remark(finding, at, this.nextArrival(), isGap);
    this.isChecked = false;
  }

  /** Nothing more is sent on this leg. Data of the other leg is still processed. */
  shut(name: LegName): void {
    const leg = this.openLeg(name);
    if (leg !== null) leg.isShut = true;
  }
}
