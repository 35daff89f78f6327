/**
 * One connection without its sockets. Input: bytes, messages to send, time and ends of the connection. Output: effects as values.
 * The core opens nothing, reads no clock and sets no timer. The connection (machines/link/connection.ts) passes the input in, then
 * carries out `next` until it returns `null`.
 */
import type { Finding } from '#shared/findings';
import { closedBy, type CloseReason, type SocketEnd } from '#shared/model/closeReasons';
import type { Peer } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { SignedLogin } from '../protocol/sign';
import { writtenByHand, type ByHand } from './byHand';
import { claimFindings, type ClaimOutcome } from './claims';
import { beginning, findingMade, junkReceived, newConversation, type Conversation } from './conversation';
import type { Effect } from './effects';
import { decodeSome, nextFound, type Found } from './intake';
import { ended } from './late';
import { pauseAfterOwnFrame, reasonsMappedToSlept, Leg } from './leg';
import type { Action, LegName, Policy } from './policy';
import { reactTo } from './reaction';
import { send, sendChosen, write } from './sending';
import type { TooLong } from './written';

export type Effects = readonly Effect[];

/** [ours] ms. A tick later than this follows a clock change or sleep of the computer: nothing could be received meanwhile. */
const lateLimit = 5_000;

const none: Effects = [];
const noFindings: readonly Finding[] = [];

export class ConnectionCore {
  protected readonly policy: Policy;
  protected readonly legs: readonly Leg[];
  protected conversation: Conversation;
  /** Whether limits and timers were checked since the last input. */
  protected isChecked = true;
  /** Arrival number of the latest data on any leg. */
  #lastArrival = 0;
  /** The other end of a leg does not take the written data: nothing is read or processed meanwhile. */
  #isPaused = false;
  /** The time of the next timeout, and the earliest wake time requested. */
  #dueAt = Infinity;
  #wakeAt = Infinity;
  #ended = false;
  /** The computer's last sleep: its duration and its end. */
  #sleep: { readonly ms: number; readonly until: number } | null = null;

  constructor(conn: number, peer: Peer, policy: Policy, now: number, legs: readonly LegName[] = ['machine']) {
    this.policy = policy;
    this.conversation = newConversation(conn, peer);
    this.legs = legs.map((name) => new Leg(name, policy.hasLimits, now));
  }

  get conn(): number {
    return this.conversation.conn;
  }

  get peer(): Peer {
    return this.conversation.peer;
  }

  /** The machine's number; `null`: not known yet. */
  get vmcNo(): number | null {
    return this.conversation.vmcNo;
  }

  get signed(): SignedLogin | null {
    return this.conversation.signed;
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
    return [beginning(this.conversation, now), ...this.#wake(now)];
  }

  /** `next` has more effects, and no leg waits for its other end to take data. */
  get hasBacklog(): boolean {
    if (this.#isPaused) return false;
    for (const leg of this.legs) if (!leg.isEmpty) return true;
    return false;
  }

  /**
   * Adds bytes received at `at`, which are kept until they are decoded. Carry out `next` afterwards; several chunks may be added before.
   * `isPassed`: the bytes were already forwarded to the other leg.
   */
  received(name: LegName, bytes: Uint8Array, at: number, isPassed = false): void {
    const leg = this.openLeg(name);
    if (leg === null) return;
    if (this.policy.isRecording === true) leg.decode(bytes, at, this.nextArrival());
    else leg.keep(bytes, at, this.nextArrival(), isPassed);
    this.isChecked = false;
  }

  /** The next bytes of this leg are missing, or its recording ends. Carry out `next` afterwards. */
  interrupted(name: LegName): void {
    const leg = this.openLeg(name);
    if (leg === null) return;
    this.decodeAll();
    leg.restart(this.nextArrival());
    this.isChecked = false;
  }

  /** Bytes of this leg with an unknown place in the data: recorded but not decoded. */
  misplaced(name: LegName, bytes: Uint8Array, finding: Finding, at: number): Effects {
    const leg = this.openLeg(name);
    return leg === null
      ? none
      : [junkReceived(this.conversation, leg.came, { bytes, findings: [finding] }, at)];
  }

  /** Records a finding about the connection that is not in its bytes. */
  remark(finding: Finding, at: number): Effects {
    return this.#ended ? none : [findingMade(this.conversation, finding, at)];
  }

  /** Call at the requested wake time. Carry out `next` afterwards. */
  tick(now: number): void {
    if (this.#ended) return;
    if (now - this.#wakeAt > lateLimit) for (const leg of this.legs) leg.restartLimits(now);
    if (now >= this.#wakeAt) this.#wakeAt = Infinity;
    for (const leg of this.legs) if (leg.settleAt <= now) leg.settle(this.nextArrival());
    this.isChecked = false;
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
    for (const leg of this.legs) leg.moveReminders(ms);
    const code = ms < 0 ? 'link.clockBack' : 'link.clockForward';
    return this.#restartMeasuring({ code, params: { ms: Math.abs(ms) } }, now);
  }

  #restartMeasuring(finding: Finding, now: number): Effects {
    if (this.#ended) return none;
    for (const leg of this.legs) leg.restartLimits(now);
    this.#wakeAt = Infinity;
    this.isChecked = false;
    return this.remark(finding, now);
  }

  /**
   * The next effects; `null`: nothing more until new input. Each call handles at most one frame, or decodes a portion of bytes without a
   * frame. Other connections can therefore be served in between.
   */
  next(now: number): Effects | null {
    if (this.hasBacklog) {
      const found = nextFound(this.legs, this.nextArrival());
      return found === null ? none : this.#onReceived(found, now);
    }
    if (this.isChecked || this.#ended) return null;
    // In a recording, only decoding has timeouts.
    const due = this.policy.isRecording === true ? null : this.#takeDue(now);
    if (due !== null) return due;
    this.isChecked = true;
    const woken = this.#wake(now);
    return woken.length === 0 ? null : woken;
  }

  /** Carries out one due action. */
  #takeDue(now: number): Effects | null {
    for (const leg of this.legs) {
      const answer = leg.takeAnswer(now);
      if (answer !== null) return [sendChosen(this.conversation, leg, answer.message, answer.head, now)];
    }
    for (const leg of this.legs) {
      const about = leg.takeReminder(now);
      if (about !== null) return this.#onDue(about, now);
    }
    for (const leg of this.legs) {
      const passed = leg.passed(now);
      if (passed !== null) return this.#end(passed.reason, now, [passed.finding]);
    }
    return null;
  }

  /** Sends a message with the head that this machine uses. Records the frame, or that it is too long. Without effects after the end. */
  send(name: LegName, message: WireMessage, now: number): Effects {
    const leg = this.openLeg(name);
    if (leg === null) return none;
    const { conversation } = this;
    return [sendChosen(conversation, leg, message, this.policy.headFor(conversation), now)];
  }

  /** Sends a frame that a person wrote. Like `send`; `tooLong` (bytes) if no head can express the length. */
  sendByHand(name: LegName, content: ByHand, now: number): Effects | TooLong {
    const leg = this.openLeg(name);
    if (leg === null) return none;
    const head = this.policy.headFor(this.conversation);
    const written = writtenByHand(content, leg.sent, head, leg.sequence);
    if ('tooLong' in written) return written;
    leg.lastOwnAt = now;
    return [write(this.conversation, leg, written, now)];
  }

  /** Records the outcome of a claim. */
  claimed(outcome: ClaimOutcome, now: number): Effects {
    return this.#ended
      ? none
      : claimFindings(outcome).map((finding) => findingMade(this.conversation, finding, now));
  }

  /** The other end has not taken `bytes`. Until it does, or a limit passes, nothing is read and nothing received is answered. */
  notDrained(name: LegName, bytes: number, now: number): Effects {
    const leg = this.openLeg(name);
    if (leg === null) return none;
    const wasPaused = this.#isPaused;
    leg.unread = { bytes, since: leg.unread?.since ?? now };
    this.#isPaused = true;
    return wasPaused ? this.#wake(now) : [{ type: 'pause' }, ...this.#wake(now)];
  }

  /** The other end has taken all written data. Carry out `next` afterwards. */
  drained(name: LegName): Effects {
    const leg = this.openLeg(name);
    this.isChecked = false;
    return leg === null ? none : this.#taken(leg);
  }

  /** The other end of a leg closed, which ends the connection. */
  closed(name: LegName, how: SocketEnd, now: number): Effects {
    const leg = this.openLeg(name);
    if (leg === null) return none;
    leg.hasEnded = true;
    this.decodeAll();
    leg.end(this.nextArrival());
    return this.#end(closedBy(name, how), now);
  }

  /** Crema closes the connection. */
  close(reason: CloseReason, now: number, finding?: Finding): Effects {
    return this.#end(reason, now, finding === undefined ? noFindings : [finding]);
  }

  /** `null`: the leg or the whole connection has ended. */
  protected openLeg(name: LegName): Leg | null {
    for (const leg of this.legs) if (leg.name === name) return this.#ended || leg.hasEnded ? null : leg;
    throw new Error(`no leg to the ${name}`);
  }

  /** No written data of this leg waits any more. */
  #taken(leg: Leg): Effects {
    if (leg.unread === null) return none;
    leg.unread = null;
    this.#isPaused = this.legs.some(({ unread }) => unread !== null);
    return this.#isPaused ? none : [{ type: 'resume' }];
  }

  /** Numbers data that arrives, and items when they are decoded. */
  protected nextArrival(): number {
    this.#lastArrival += 1;
    return this.#lastArrival;
  }

  protected decodeAll(): void {
    let isLeft = true;
    while (isLeft) isLeft = decodeSome(this.legs, this.nextArrival());
  }

  #onReceived(found: Found<Leg>, now: number): Effects {
    const { item } = found.one;
    if (item.kind === 'overflow' && this.policy.hasLimits)
      return this.#end('noFrame', now, [{ code: 'link.noFrame', params: { bytes: item.bytes } }]);
    const { conversation, effects, actions } = reactTo(found, this.conversation, this.policy, now);
    this.conversation = conversation;
    this.#act(actions, now, effects);
    return effects;
  }

  #onDue(about: string, now: number): Effects {
    const effects: Effect[] = [];
    this.#act(this.policy.onDue?.(about, this.conversation, now) ?? [], now, effects);
    return effects;
  }

  /** Appends the effects of the policy's actions. */
  #act(actions: readonly Action[], now: number, effects: Effect[]): void {
    for (const action of actions) {
      switch (action.type) {
        case 'send': {
          const leg = this.openLeg(action.leg);
          if (leg === null) break;
          const { message, head, pause = leg.lastOwnAt === now ? pauseAfterOwnFrame : 0 } = action;
          const due = pause > 0 ? leg.addAnswer({ message, head, pause, since: now }) : action;
          if (due !== null) effects.push(send(this.conversation, leg, due.message, due.head, now));
          break;
        }
        case 'remind':
          this.openLeg(action.leg)?.remind(action.about, action.at);
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
  }

  #end(why: CloseReason, now: number, given: readonly Finding[] = noFindings): Effects {
    if (this.#ended) return none;
    this.#ended = true;
    const sleep = reasonsMappedToSlept.has(why) ? this.#unheardSleep : null;
    this.decodeAll();
    for (const leg of this.legs) leg.end(this.nextArrival());
    return sleep === null
      ? ended(this.legs, this.conversation, why, given, now)
      : ended(this.legs, this.conversation, 'slept', [{ code: 'link.slept', params: { ms: sleep.ms } }], now);
  }

  /** The last sleep, if nothing was received since. */
  get #unheardSleep(): { readonly ms: number } | null {
    const sleep = this.#sleep;
    return sleep !== null && this.legs.every(({ lastAt }) => lastAt <= sleep.until) ? sleep : null;
  }

  /** Requests a wake-up if something is due earlier than the last request. */
  #wake(now: number): Effects {
    const isRecording = this.policy.isRecording === true;
    let dueAt = Infinity;
    for (const leg of this.legs) dueAt = Math.min(dueAt, isRecording ? leg.settleAt : leg.dueAt);
    this.#dueAt = dueAt;
    const at = Math.max(now, dueAt);
    if (at >= this.#wakeAt) return none;
    this.#wakeAt = at;
    return [{ type: 'wake', at }];
  }
}
