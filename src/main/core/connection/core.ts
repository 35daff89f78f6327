/**
 * One connection without its sockets: bytes, messages of ours, time and ends go in, and what must happen in the world comes out as
 * values. It opens nothing, reads no clock and sets no timer. Whoever carries for it (machines/link/carrier.ts) hands in what came, then
 * carries out `next` until there is nothing more.
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
import { beginning, ending, findingMade, frameCame, frameSent, junkCame, type Effect } from './effects';
import { comeTooLate, remarkCame } from './late';
import { besideOurs, endsOfSleep, Leg } from './leg';
import type { Action, LegName, Policy } from './policy';
import { ofRelay, type Release } from './relayedFrame';
import { RelayedLegs } from './relayedLegs';
import { writtenMessage, type TooLong, type Written } from './written';

type Effects = readonly Effect[];

/** [ours] ms. A tick that is later than this follows a change of the clock or sleep of the computer: nothing could be received meanwhile. */
const lateLimit = 5_000;

const none: Effects = [];
const noFindings: readonly Finding[] = [];

export class ConnectionCore {
  readonly #policy: Policy;
  readonly #legs: readonly Leg[];
  /** The same by name: looked for with all that comes. */
  readonly #machineLeg: Leg | undefined;
  readonly #serverLeg: Leg | undefined;
  /** Where what comes on one leg leaves by the other. */
  readonly #relayed: RelayedLegs | null;
  #conversation: Conversation;
  readonly #backlog: Backlog;
  /** Whether limits and timers have to be looked at once all that came is. */
  #isChecked = true;
  /** Something written on a leg is not taken: nothing is read or looked at meanwhile. */
  #isPaused = false;
  /** When something is due if nothing comes, and the earliest time that was asked for. */
  #dueAt = Infinity;
  #wakeAt = Infinity;
  #ended = false;
  /** The computer's last sleep: how long it was, and when it was over. */
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

  /** The number the machine said; `null`: none yet. */
  get vmcNo(): number | null {
    return this.#conversation.vmcNo;
  }

  get signed(): SignedLogin | null {
    return this.#conversation.signed;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** When `tick` has something to do if nothing comes; `Infinity`: never. `wake` may ask for an earlier time. */
  get dueAt(): number {
    return this.#ended ? Infinity : this.#dueAt;
  }

  /** The connection stands: accepted, or dialled. */
  opened(now: number): Effects {
    return [beginning(this.#conversation, now), ...this.#wake(now)];
  }

  /** `next` has more to give, and does not wait for the other end to take what was written. */
  get hasBacklog(): boolean {
    return !this.#backlog.isEmpty && !this.#isPaused;
  }

  /**
   * Bytes came at `at`; they are kept until they are decoded. Carry out `next` then; several chunks may be handed in before that.
   * `isPassed`: they were passed on to the other leg already (`passesAtOnce`).
   */
  received(name: LegName, bytes: Uint8Array, at: number, isPassed = false): void {
    const leg = this.#standing(name);
    if (leg === null) return;
    leg.lastAt = at;
    leg.receives(bytes.length, isPassed);
    this.#backlog.add(leg, bytes, at);
    this.#isChecked = false;
  }

  /**
   * What comes on this leg is to be passed on as it is, without waiting for it to be decoded. Not while some of what came before was not,
   * nor where frames have to be numbered anew because of ours.
   */
  passesAtOnce(name: LegName): boolean {
    const leg = this.#standing(name);
    if (leg === null || this.#relayed?.mayPassAtOnce(leg) !== true) return false;
    return this.#policy.passesAtOnce?.() === true;
  }

  /** Everything that came on it was passed on, or stays for good: its end may be passed on too. `isOver`: nobody says anything more, so that what is held stays. */
  isFullyForwarded(name: LegName, isOver = false): boolean {
    const leg = this.#standing(name);
    if (leg === null || !leg.isFullyForwarded) return leg === null;
    return isOver || this.#relayed?.holdsOf(leg) !== true;
  }

  /** Decodes all that came, so that `next` gives what it is and `isWithinFrame` can be asked. */
  catchUp(): void {
    this.#backlog.decodeAll();
  }

  /** A frame of ours to this leg might fall into one that is being passed on to it. */
  isWithinFrame(name: LegName): boolean {
    const leg = this.#standing(name);
    return leg !== null && this.#relayed?.isWithinFrame(leg) === true;
  }

  /** Bytes of memory that what is not decoded takes, of all legs. */
  get backlogSize(): number {
    return this.#backlog.size;
  }

  /** Bytes that came on it and are not decoded. */
  undecoded(name: LegName): number {
    return this.#standing(name)?.undecoded ?? 0;
  }

  /** What becomes of a frame that is held. `tooLong` in bytes where no head can say its length: then it is held on. Nothing: it is not held any more. */
  release(key: number, as: Release, now: number): Effects | TooLong {
    const released = this.#ended ? null : (this.#relayed?.release(key, as) ?? null);
    if (released === null) return none;
    if ('tooLong' in released) return released;
    return 'finding' in released
      ? [findingMade(this.#conversation, released.finding, now)]
      : [this.#write(released.by, released.written, now)];
  }

  /** So many bytes of this leg were passed on and are not kept. Carry out `next` then. */
  missed(name: LegName, bytes: number, at: number): void {
    const dir = this.#standing(name)?.came;
    if (dir !== undefined)
      this.remarkAfter(name, { code: 'relay.unrecorded', params: { bytes, dir } }, at, true);
  }

  /** As `remark`, after what came before on any leg. Carry out `next` then. */
  remarkAfter(name: LegName, finding: Finding, at: number, isGap = false): void {
    const leg = this.#standing(name);
    if (leg === null) return;
    this.#backlog.remark(leg, finding, at, isGap);
    this.#isChecked = false;
  }

  /** Nothing more goes out by this leg. What comes on the other is still looked at. */
  shut(name: LegName): void {
    const leg = this.#standing(name);
    if (leg !== null) leg.isShut = true;
  }

  /** Bytes of this leg are missing from here on, or nothing more is known of it. Carry out `next` then. */
  interrupted(name: LegName): void {
    const leg = this.#standing(name);
    if (leg === null) return;
    this.#backlog.decodeAll();
    this.#take(leg, leg.restart());
  }

  /** Bytes of this leg whose place among the others is not known: they are recorded and not decoded. */
  misplaced(name: LegName, bytes: Uint8Array, finding: Finding, at: number): Effects {
    const leg = this.#standing(name);
    return leg === null ? none : [junkCame(this.#conversation, leg, { bytes, findings: [finding] }, at)];
  }

  /** Something is to be remarked about the connection that its bytes don't say. */
  remark(finding: Finding, at: number): Effects {
    return this.#ended ? none : [findingMade(this.#conversation, finding, at)];
  }

  /** Time has come to what was asked for. Carry out `next` then. */
  tick(now: number): void {
    if (this.#ended) return;
    if (now - this.#wakeAt > lateLimit) for (const leg of this.#legs) leg.restartLimits(now);
    if (now >= this.#wakeAt) this.#wakeAt = Infinity;
    for (const leg of this.#legs) if (leg.settleAt <= now) this.#take(leg, leg.receiver.settle());
    this.#isChecked = false;
  }

  /** This computer has slept for so long: nothing could be received, and the link may be dead. Carry out `next` then. */
  slept(ms: number, now: number): Effects {
    this.#sleep = { ms, until: now };
    return this.#measureAnew({ code: 'link.asleep', params: { ms } }, now);
  }

  /** The clock of this computer was put forward by so much, or back where it is negative: what was measured by it before means nothing now. Carry out `next` then. */
  clockSet(ms: number, now: number): Effects {
    // What was heard since the sleep was heard, whichever clock tells it.
    const sleep = this.#unheardSleep;
    this.#sleep = sleep === null ? null : { ...sleep, until: now };
    for (const leg of this.#legs) leg.moveReminders(ms);
    const code = ms < 0 ? 'link.clockBack' : 'link.clockForward';
    return this.#measureAnew({ code, params: { ms: Math.abs(ms) } }, now);
  }

  #measureAnew(finding: Finding, now: number): Effects {
    if (this.#ended) return none;
    for (const leg of this.#legs) leg.restartLimits(now);
    this.#wakeAt = Infinity;
    this.#isChecked = false;
    return this.remark(finding, now);
  }

  /**
   * The next thing that is to be done; `null`: nothing more until something comes in. Each is a step of bounded work, so that whoever
   * carries can look after others in between: at most one frame, and some bytes that are decoded, of which nothing may come.
   */
  next(now: number): Effects | null {
    if (this.hasBacklog) {
      const found = this.#backlog.next();
      return found === null ? none : this.#onReceived(found.leg, found.one, now);
    }
    if (this.#isChecked || this.#ended) return null;
    // Of what was recorded elsewhere nothing but the decoding waits for a time.
    const due = this.#policy.isRecording === true ? null : this.#takeDue(now);
    if (due !== null) return due;
    this.#isChecked = true;
    const woken = this.#wake(now);
    return woken.length === 0 ? null : woken;
  }

  /** What the time has come for. */
  #takeDue(now: number): Effects | null {
    for (const leg of this.#legs) {
      const owed = leg.takeOwed(now);
      if (owed !== null) return [this.#sendChosen(leg, owed.message, owed.head, now)];
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

  /**
   * Sends one message of our own accord, with the head this machine uses. What is recorded is the frame, or the finding that it is too
   * long to be sent. Nothing: the leg or the connection has ended.
   */
  send(name: LegName, message: WireMessage, now: number): Effects {
    const leg = this.#standing(name);
    if (leg === null) return none;
    return [this.#sendChosen(leg, message, this.#policy.headFor(this.#conversation), now)];
  }

  /** Sends what a person wrote. As `send`, and `tooLong` in bytes where no head can say its length. */
  sendByHand(name: LegName, content: ByHand, now: number): Effects | TooLong {
    const leg = this.#standing(name);
    if (leg === null) return none;
    const head = this.#policy.headFor(this.#conversation);
    const written = writtenByHand(content, leg.sent, head, leg.sequence);
    if ('tooLong' in written) return written;
    leg.choseAt = now;
    return [this.#write(leg, written, now)];
  }

  /** What the claim came to. */
  claimed(outcome: ClaimOutcome, now: number): Effects {
    return this.#ended
      ? none
      : claimFindings(outcome).map((finding) => findingMade(this.#conversation, finding, now));
  }

  /**
   * `bytes` of what was written are not taken by the other end: nothing is read, and nothing that came is answered, until it does take
   * them, but not for ever.
   */
  notDrained(name: LegName, bytes: number, now: number): Effects {
    const leg = this.#standing(name);
    if (leg === null) return none;
    const wasPaused = this.#isPaused;
    leg.unread = { bytes, since: leg.unread?.since ?? now };
    this.#isPaused = true;
    return wasPaused ? this.#wake(now) : [{ type: 'pause' }, ...this.#wake(now)];
  }

  /** Everything written is taken. Carry out `next` then. */
  drained(name: LegName): Effects {
    const leg = this.#standing(name);
    this.#isChecked = false;
    return leg === null ? none : this.#taken(leg);
  }

  /** The other end of a leg is gone, and with it the connection. */
  closed(name: LegName, how: SocketEnd, now: number): Effects {
    const leg = this.#standing(name);
    if (leg === null) return none;
    leg.hasEnded = true;
    this.#backlog.decodeAll();
    this.#take(leg, leg.receiver.end());
    return this.#end(closedBy(name, how), now);
  }

  /** We end it. */
  close(reason: CloseReason, now: number, finding?: Finding): Effects {
    return this.#end(reason, now, finding === undefined ? noFindings : [finding]);
  }

  /** `null`: the leg or the whole connection has ended. */
  #standing(name: LegName): Leg | null {
    const leg = name === 'machine' ? this.#machineLeg : this.#serverLeg;
    if (leg === undefined) throw new Error(`no leg to the ${name}`);
    return this.#ended || leg.hasEnded ? null : leg;
  }

  /** Nothing written on this leg waits any more. */
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
      return comeTooLate(this.#conversation, { leg, one }, true);
    switch (item.kind) {
      case 'remark':
        return [remarkCame(this.#conversation, leg, item, at)];
      case 'junk':
        leg.junkBytes += item.bytes.length;
        return [
          junkCame(this.#conversation, leg, item, at),
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
    leg.isAstray = false;
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
    const effects = [frameCame(this.#conversation, leg, frame, message, found, at)];
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
        const leg = this.#standing(action.leg);
        if (leg === null) break;
        const { message, head, pause = leg.choseAt === now ? besideOurs : 0 } = action;
        if (pause > 0) {
          const early = leg.owe({ message, head, pause, since: now });
          if (early !== null) effects.push(this.#send(leg, early.message, early.head, now));
        } else effects.push(this.#send(leg, message, head, now));
        break;
      }
      case 'remind':
        this.#standing(action.leg)?.remind(action.about, action.at);
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
    leg.choseAt = now;
    return this.#send(leg, message, head, now);
  }

  #send(leg: Leg, message: WireMessage, head: Head, now: number): Effect {
    const written = writtenMessage(message, leg.sent, head, leg.sequence, leg.said);
    if ('tooLong' in written)
      return findingMade(
        this.#conversation,
        { code: 'out.tooLong', params: { bytes: written.tooLong } },
        now,
      );
    leg.said = written;
    return this.#write(leg, written, now);
  }

  #write(leg: Leg, written: Written, now: number): Effect {
    if (written.sequence === leg.sequence) {
      leg.sequence += 1;
      leg.shift += 1;
    }
    leg.wroteAt = now;
    return frameSent(this.#conversation, leg, this.#relayed === null ? written : ofRelay(written), now);
  }

  /** What is held came before the end and is recorded before it, though nothing more is done about it. */
  #end(why: CloseReason, now: number, given: readonly Finding[] = noFindings): Effects {
    if (this.#ended) return none;
    this.#ended = true;
    const sleep = endsOfSleep.has(why) ? this.#unheardSleep : null;
    const reason = sleep === null ? why : 'slept';
    const findings =
      sleep === null ? given : ([{ code: 'link.slept', params: { ms: sleep.ms } }] satisfies Finding[]);
    this.#backlog.decodeAll();
    for (const leg of this.#legs) this.#take(leg, leg.receiver.end());
    const effects: Effect[] = [];
    for (let found = this.#backlog.next(); found !== null; found = this.#backlog.next())
      effects.push(...comeTooLate(this.#conversation, found, this.#relayed !== null));
    // Nothing is kept back for a machine that is let go.
    if (closeReasons[reason].inOrder)
      for (const leg of this.#legs)
        for (const { message, head } of leg.owed) effects.push(this.#send(leg, message, head, now));
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

  /** The sleep since which nothing was heard. */
  get #unheardSleep(): { readonly ms: number } | null {
    const sleep = this.#sleep;
    return sleep !== null && this.#legs.every(({ lastAt }) => lastAt <= sleep.until) ? sleep : null;
  }

  /** Asks to be woken where something is due earlier than what was asked for. */
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
