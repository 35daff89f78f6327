/**
 * One connection without its sockets. Input: bytes, messages to send, time and ends of the connection. Output: effects as values.
 * The core opens nothing, reads no clock and sets no timer. The carrier (machines/link/carrier.ts) passes the input in, then carries out
 * `next` until it returns `null`.
 */
import type { Finding } from '#shared/findings';
import { closeReasons, closedBy, type CloseReason, type SocketEnd } from '#shared/model/closeReasons';
import type { Head, Peer } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { DecodedFrame } from '../protocol/frame';
import type { Received } from '../protocol/receiver';
import type { SignedLogin } from '../protocol/sign';
import { Backlog, type Found } from './backlog';
import { writtenByHand, type ByHand } from './byHand';
import { claimFindings, type ClaimOutcome } from './claims';
import { newConversation, type Conversation } from './conversation';
import {
  beginning,
  ending,
  findingMade,
  frameReceived,
  frameSent,
  junkReceived,
  type Effect,
} from './effects';
import { recordLate, remarkCame } from './late';
import { pauseAfterOwnFrame, reasonsMappedToSlept, Leg } from './leg';
import type { Action, LegName, Policy } from './policy';
import { markedAsOurs, type Release } from './relayedFrame';
import { RelayedLegs } from './relayedLegs';
import { writtenMessage, type TooLong, type Written } from './written';

type Effects = readonly Effect[];

/** [ours] ms. A tick later than this follows a clock change or sleep of the computer: nothing could be received meanwhile. */
const lateLimit = 5_000;

const none: Effects = [];
const noFindings: readonly Finding[] = [];

export class ConnectionCore {
  readonly #policy: Policy;
  readonly #legs: readonly Leg[];
  /** The same legs by name, because every input needs one. */
  readonly #machineLeg: Leg | undefined;
  readonly #serverLeg: Leg | undefined;
  /** Set if the data of one leg leaves by the other leg. */
  readonly #relayed: RelayedLegs | null;
  #conversation: Conversation;
  readonly #backlog: Backlog;
  /** Whether limits and timers were checked since the last input. */
  #isChecked = true;
  /** The other end of a leg does not take the written data: nothing is read or processed meanwhile. */
  #isPaused = false;
  /** The time of the next timeout, and the earliest wake time requested. */
  #dueAt = Infinity;
  #wakeAt = Infinity;
  #ended = false;
  /** The computer's last sleep: its duration and its end. */
  #sleep: { readonly ms: number; readonly until: number } | null = null;

  constructor(conn: number, peer: Peer, policy: Policy, now: number, legs: readonly LegName[] = ['machine']) {
    this.#policy = policy;
    this.#conversation = newConversation(conn, peer);
    this.#backlog = new Backlog(policy.isRecording === true);
    this.#legs = legs.map((name) => new Leg(name, policy.hasLimits, now));
    this.#machineLeg = this.#legs.find(({ name }) => name === 'machine');
    this.#serverLeg = this.#legs.find(({ name }) => name === 'server');
    this.#relayed = legs.length > 1 && policy.isRecording !== true ? new RelayedLegs(this.#legs) : null;
  }

  get conn(): number {
    return this.#conversation.conn;
  }

  get peer(): Peer {
    return this.#conversation.peer;
  }

  /** The machine's number; `null`: not known yet. */
  get vmcNo(): number | null {
    return this.#conversation.vmcNo;
  }

  get signed(): SignedLogin | null {
    return this.#conversation.signed;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The time at which `tick` is due without further input; `Infinity`: never. `wake` may request an earlier time. */
  get dueAt(): number {
    return this.#ended ? Infinity : this.#dueAt;
  }

  /** Call when the connection is established: accepted or dialled. */
  opened(now: number): Effects {
    return [beginning(this.#conversation, now), ...this.#wake(now)];
  }

  /** `next` has more effects, and no leg waits for its other end to take data. */
  get hasBacklog(): boolean {
    return !this.#backlog.isEmpty && !this.#isPaused;
  }

  /**
   * Adds bytes received at `at`, which are kept until they are decoded. Carry out `next` afterwards; several chunks may be added before.
   * `isPassed`: the bytes were already forwarded to the other leg (`passesAtOnce`).
   */
  received(name: LegName, bytes: Uint8Array, at: number, isPassed = false): void {
    const leg = this.#legIfOpen(name);
    if (leg === null) return;
    leg.lastAt = at;
    leg.receives(bytes.length, isPassed);
    this.#backlog.add(leg, bytes, at);
    this.#isChecked = false;
  }

  /** Whether data of this leg is forwarded before it is decoded: not while earlier data waits, or while frames need new numbers. */
  passesAtOnce(name: LegName): boolean {
    const leg = this.#legIfOpen(name);
    if (leg === null || this.#relayed?.mayPassAtOnce(leg) !== true) return false;
    return this.#policy.passesAtOnce?.() === true;
  }

  /** All data of this leg was forwarded or discarded, so its end may be forwarded too. `isOver`: held frames do not count. */
  isFullyForwarded(name: LegName, isOver = false): boolean {
    const leg = this.#legIfOpen(name);
    if (leg === null || !leg.isFullyForwarded) return leg === null;
    return isOver || this.#relayed?.holdsOf(leg) !== true;
  }

  /** Decodes everything received, so that `next` and `isWithinFrame` are up to date. */
  catchUp(): void {
    this.#backlog.decodeAll();
  }

  /** A frame of Crema to this leg could land inside a frame that is being forwarded. */
  isWithinFrame(name: LegName): boolean {
    const leg = this.#legIfOpen(name);
    return leg !== null && this.#relayed?.isWithinFrame(leg) === true;
  }

  /** Memory of the undecoded data of all legs, in bytes. */
  get backlogSize(): number {
    return this.#backlog.size;
  }

  /** Undecoded bytes of this leg. */
  undecoded(name: LegName): number {
    return this.#legIfOpen(name)?.undecoded ?? 0;
  }

  /** Releases a held frame; without effects if it is no longer held. `tooLong` (bytes): no head can express the length; it stays held. */
  release(key: number, as: Release, now: number): Effects | TooLong {
    const released = this.#ended ? null : (this.#relayed?.release(key, as) ?? null);
    if (released === null) return none;
    if ('tooLong' in released) return released;
    return 'finding' in released
      ? [findingMade(this.#conversation, released.finding, now)]
      : [this.#write(released.by, released.written, now)];
  }

  /** Reports bytes of this leg that were forwarded but not kept. Carry out `next` afterwards. */
  missed(name: LegName, bytes: number, at: number): void {
    const dir = this.#legIfOpen(name)?.came;
    if (dir !== undefined)
      this.remarkAfter(name, { code: 'relay.unrecorded', params: { bytes, dir } }, at, true);
  }

  /** Like `remark`, but after all data received so far on any leg. Carry out `next` afterwards. */
  remarkAfter(name: LegName, finding: Finding, at: number, isGap = false): void {
    const leg = this.#legIfOpen(name);
    if (leg === null) return;
    this.#backlog.remark(leg, finding, at, isGap);
    this.#isChecked = false;
  }

  /** Nothing more is sent on this leg. Data of the other leg is still processed. */
  shut(name: LegName): void {
    const leg = this.#legIfOpen(name);
    if (leg !== null) leg.isShut = true;
  }

  /** The next bytes of this leg are missing, or its recording ends. Carry out `next` afterwards. */
  interrupted(name: LegName): void {
    const leg = this.#legIfOpen(name);
    if (leg === null) return;
    this.#backlog.decodeAll();
    this.#take(leg, leg.restart());
  }

  /** Bytes of this leg with an unknown place in the data: recorded but not decoded. */
  misplaced(name: LegName, bytes: Uint8Array, finding: Finding, at: number): Effects {
    const leg = this.#legIfOpen(name);
    return leg === null ? none : [junkReceived(this.#conversation, leg, { bytes, findings: [finding] }, at)];
  }

  /** Records a finding about the connection that is not in its bytes. */
  remark(finding: Finding, at: number): Effects {
    return this.#ended ? none : [findingMade(this.#conversation, finding, at)];
  }

  /** Call at the requested wake time. Carry out `next` afterwards. */
  tick(now: number): void {
    if (this.#ended) return;
    if (now - this.#wakeAt > lateLimit) for (const leg of this.#legs) leg.restartLimits(now);
    if (now >= this.#wakeAt) this.#wakeAt = Infinity;
    for (const leg of this.#legs) if (leg.settleAt <= now) this.#take(leg, leg.receiver.settle());
    this.#isChecked = false;
  }

  /** The computer slept for `ms`: nothing could be received, and the link may be dead. Carry out `next` afterwards. */
  slept(ms: number, now: number): Effects {
    this.#sleep = { ms, until: now };
    return this.#restartMeasuring({ code: 'link.asleep', params: { ms } }, now);
  }

  /** The computer's clock moved by `ms`, negative for backwards. Earlier measurements are void. Carry out `next` afterwards. */
  clockSet(ms: number, now: number): Effects {
    // Data received since the sleep counts, whichever clock measured it.
    const sleep = this.#unheardSleep;
    this.#sleep = sleep === null ? null : { ...sleep, until: now };
    for (const leg of this.#legs) leg.moveReminders(ms);
    const code = ms < 0 ? 'link.clockBack' : 'link.clockForward';
    return this.#restartMeasuring({ code, params: { ms: Math.abs(ms) } }, now);
  }

  #restartMeasuring(finding: Finding, now: number): Effects {
    if (this.#ended) return none;
    for (const leg of this.#legs) leg.restartLimits(now);
    this.#wakeAt = Infinity;
    this.#isChecked = false;
    return this.remark(finding, now);
  }

  /**
   * The next effects; `null`: nothing more until new input. Each call handles at most one frame, or decodes a portion of bytes without a
   * frame. The carrier can therefore serve other connections in between.
   */
  next(now: number): Effects | null {
    if (this.hasBacklog) {
      const found = this.#backlog.next();
      return found === null ? none : this.#onReceived(found.leg, found.one, now);
    }
    if (this.#isChecked || this.#ended) return null;
    // In a recording, only decoding has timeouts.
    const due = this.#policy.isRecording === true ? null : this.#takeDue(now);
    if (due !== null) return due;
    this.#isChecked = true;
    const woken = this.#wake(now);
    return woken.length === 0 ? null : woken;
  }

  /** Carries out one due action. */
  #takeDue(now: number): Effects | null {
    for (const leg of this.#legs) {
      const answer = leg.takeAnswer(now);
      if (answer !== null) return [this.#sendChosen(leg, answer.message, answer.head, now)];
    }
    for (const leg of this.#legs) {
      const about = leg.takeReminder(now);
      if (about !== null) return this.#onDue(about, now);
    }
    for (const leg of this.#legs) {
      const passed = leg.passed(now);
      if (passed !== null) return this.#end(passed.reason, now, [passed.finding]);
    }
    return null;
  }

  /** Sends a message with the head that this machine uses. Records the frame, or that it is too long. Without effects after the end. */
  send(name: LegName, message: WireMessage, now: number): Effects {
    const leg = this.#legIfOpen(name);
    if (leg === null) return none;
    return [this.#sendChosen(leg, message, this.#policy.headFor(this.#conversation), now)];
  }

  /** Sends a frame that a person wrote. Like `send`; `tooLong` (bytes) if no head can express the length. */
  sendByHand(name: LegName, content: ByHand, now: number): Effects | TooLong {
    const leg = this.#legIfOpen(name);
    if (leg === null) return none;
    const head = this.#policy.headFor(this.#conversation);
    const written = writtenByHand(content, leg.sent, head, leg.sequence);
    if ('tooLong' in written) return written;
    leg.lastOwnAt = now;
    return [this.#write(leg, written, now)];
  }

  /** Records the outcome of a claim. */
  claimed(outcome: ClaimOutcome, now: number): Effects {
    return this.#ended
      ? none
      : claimFindings(outcome).map((finding) => findingMade(this.#conversation, finding, now));
  }

  /** The other end has not taken `bytes`. Until it does, or a limit passes, nothing is read and nothing received is answered. */
  notDrained(name: LegName, bytes: number, now: number): Effects {
    const leg = this.#legIfOpen(name);
    if (leg === null) return none;
    const wasPaused = this.#isPaused;
    leg.unread = { bytes, since: leg.unread?.since ?? now };
    this.#isPaused = true;
    return wasPaused ? this.#wake(now) : [{ type: 'pause' }, ...this.#wake(now)];
  }

  /** The other end has taken all written data. Carry out `next` afterwards. */
  drained(name: LegName): Effects {
    const leg = this.#legIfOpen(name);
    this.#isChecked = false;
    return leg === null ? none : this.#taken(leg);
  }

  /** The other end of a leg closed, which ends the connection. */
  closed(name: LegName, how: SocketEnd, now: number): Effects {
    const leg = this.#legIfOpen(name);
    if (leg === null) return none;
    leg.hasEnded = true;
    this.#backlog.decodeAll();
    this.#take(leg, leg.receiver.end());
    return this.#end(closedBy(name, how), now);
  }

  /** Crema closes the connection. */
  close(reason: CloseReason, now: number, finding?: Finding): Effects {
    return this.#end(reason, now, finding === undefined ? noFindings : [finding]);
  }

  /** `null`: the leg or the whole connection has ended. */
  #legIfOpen(name: LegName): Leg | null {
    const leg = name === 'machine' ? this.#machineLeg : this.#serverLeg;
    if (leg === undefined) throw new Error(`no leg to the ${name}`);
    return this.#ended || leg.hasEnded ? null : leg;
  }

  /** No written data of this leg waits any more. */
  #taken(leg: Leg): Effects {
    if (leg.unread === null) return none;
    leg.unread = null;
    this.#isPaused = this.#legs.some(({ unread }) => unread !== null);
    return this.#isPaused ? none : [{ type: 'resume' }];
  }

  #take(leg: Leg, received: readonly Received[]): void {
    this.#isChecked = false;
    this.#backlog.take(leg, received);
  }

  #onReceived(leg: Leg, one: Found['one'], now: number): Effects {
    const { item, at } = one;
    const isShut = this.#relayed?.across(leg)?.isShut === true;
    if (isShut && item.kind !== 'remark' && item.kind !== 'overflow' && leg.hasUnpassed(item.bytes))
      return recordLate(this.#conversation, { leg, one }, true);
    switch (item.kind) {
      case 'remark':
        return [remarkCame(this.#conversation, leg, item, at)];
      case 'junk':
        leg.junkBytes += item.bytes.length;
        return [
          junkReceived(this.#conversation, leg, item, at),
          ...(this.#relayed?.passOn(leg, item.bytes) ?? none),
        ];
      case 'overflow':
        if (!this.#policy.hasLimits) return none;
        return this.#end('noFrame', now, [{ code: 'link.noFrame', params: { bytes: item.bytes } }]);
      case 'frame':
        return this.#onFrame(leg, item, at, now);
    }
  }

  #onFrame(leg: Leg, frame: DecodedFrame, at: number, now: number): Effects {
    leg.junkBytes = 0;
    leg.hasLostFraming = false;
    const { message, findings } = leg.read(frame);
    const relayed = this.#relayed;
    const unpassed = relayed === null ? frame.bytes : leg.takeUnpassed(frame.bytes);
    const isPassed = unpassed.length < frame.bytes.length;
    const mayAnswer = relayed === null || !relayed.isWithinFrame(leg);
    const incoming = { leg: leg.name, frame, message, findings, at, now, isPassed, mayAnswer };
    const reaction = this.#policy.onFrame(incoming, this.#conversation);
    this.#conversation = reaction.conversation;
    const passed = relayed === null ? null : relayed.passFrame(leg, frame, unpassed, reaction.stays, at);
    const found = passed?.finding == null ? reaction.findings : [...reaction.findings, passed.finding];
    const effects = [frameReceived(this.#conversation, leg, frame, message, found, at)];
    if (passed !== null) effects.push(...passed.effects);
    for (const action of reaction.actions) this.#act(action, now, effects);
    return effects;
  }

  #onDue(about: string, now: number): Effects {
    const effects: Effect[] = [];
    for (const action of this.#policy.onDue?.(about, this.#conversation, now) ?? [])
      this.#act(action, now, effects);
    return effects;
  }

  #act(action: Action, now: number, effects: Effect[]): void {
    switch (action.type) {
      case 'send': {
        const leg = this.#legIfOpen(action.leg);
        if (leg === null) break;
        const { message, head, pause = leg.lastOwnAt === now ? pauseAfterOwnFrame : 0 } = action;
        if (pause > 0) {
          const early = leg.addAnswer({ message, head, pause, since: now });
          if (early !== null) effects.push(this.#send(leg, early.message, early.head, now));
        } else effects.push(this.#send(leg, message, head, now));
        break;
      }
      case 'remind':
        this.#legIfOpen(action.leg)?.remind(action.about, action.at);
        break;
      case 'claim':
        effects.push({ ...action, conn: this.conn });
        break;
      case 'remark':
        effects.push(action);
        break;
      case 'close':
        effects.push(...this.#end(action.reason, now));
        break;
    }
  }

  #sendChosen(leg: Leg, message: WireMessage, head: Head, now: number): Effect {
    leg.lastOwnAt = now;
    return this.#send(leg, message, head, now);
  }

  #send(leg: Leg, message: WireMessage, head: Head, now: number): Effect {
    const written = writtenMessage(message, leg.sent, head, leg.sequence, leg.lastSent);
    if ('tooLong' in written)
      return findingMade(
        this.#conversation,
        { code: 'out.tooLong', params: { bytes: written.tooLong } },
        now,
      );
    leg.lastSent = written;
    return this.#write(leg, written, now);
  }

  #write(leg: Leg, written: Written, now: number): Effect {
    if (written.sequence === leg.sequence) {
      leg.sequence += 1;
      leg.shift += 1;
    }
    leg.wroteAt = now;
    return frameSent(this.#conversation, leg, this.#relayed === null ? written : markedAsOurs(written), now);
  }

  /** Held data was received before the end, so it is recorded before it. It has no further effect. */
  #end(why: CloseReason, now: number, given: readonly Finding[] = noFindings): Effects {
    if (this.#ended) return none;
    this.#ended = true;
    const sleep = reasonsMappedToSlept.has(why) ? this.#unheardSleep : null;
    const reason = sleep === null ? why : 'slept';
    const findings =
      sleep === null ? given : ([{ code: 'link.slept', params: { ms: sleep.ms } }] satisfies Finding[]);
    this.#backlog.decodeAll();
    for (const leg of this.#legs) this.#take(leg, leg.receiver.end());
    const effects: Effect[] = [];
    for (let found = this.#backlog.next(); found !== null; found = this.#backlog.next())
      effects.push(...recordLate(this.#conversation, found, this.#relayed !== null));
    // A machine whose connection is closed in order still gets its pending answers.
    if (closeReasons[reason].inOrder)
      for (const leg of this.#legs)
        for (const { message, head } of leg.pendingAnswers) effects.push(this.#send(leg, message, head, now));
    for (const finding of findings) effects.push(findingMade(this.#conversation, finding, now));
    const frames = this.#relayed?.heldCount ?? 0;
    if (frames > 0)
      effects.push(findingMade(this.#conversation, { code: 'relay.heldAtEnd', params: { frames } }, now));
    effects.push(ending(this.#conversation, reason, now), {
      type: 'close',
      reason,
      inOrder: closeReasons[reason].inOrder,
    });
    return effects;
  }

  /** The last sleep, if nothing was received since. */
  get #unheardSleep(): { readonly ms: number } | null {
    const sleep = this.#sleep;
    return sleep !== null && this.#legs.every(({ lastAt }) => lastAt <= sleep.until) ? sleep : null;
  }

  /** Requests a wake-up if something is due earlier than the last request. */
  #wake(now: number): Effects {
    const isRecording = this.#policy.isRecording === true;
    let dueAt = Infinity;
    for (const leg of this.#legs) dueAt = Math.min(dueAt, isRecording ? leg.settleAt : leg.dueAt);
    this.#dueAt = dueAt;
    const at = Math.max(now, dueAt);
    if (at >= this.#wakeAt) return none;
    this.#wakeAt = at;
    return [{ type: 'wake', at }];
  }
}
