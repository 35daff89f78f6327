/**
 * One connection without its sockets: bytes, messages of ours, time and ends go in, and what must happen in the world comes out as
 * values. It opens nothing, reads no clock and sets no timer. Whoever carries for it (link/connection.ts) hands in what came, then
 * carries out `next` until there is nothing more.
 */
import type { Finding } from '#shared/findings';
import { closeReasons, closedBy, type CloseReason, type SocketEnd } from '#shared/model/closeReasons';
import type { Head, Peer } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { DecodedFrame } from '../../protocol/frame';
import type { Received } from '../../protocol/receiver';
import { writtenByHand, type ByHand } from './byHand';
import { claimFindings, type ClaimOutcome } from './claims';
import { newConversation, type Conversation } from './conversation';
import { baseOf, findingMade, frameCame, frameSent, junkCame, type Effect } from './effects';
import { besideOurs, Leg } from './leg';
import type { Action, LegName, Policy } from './policy';
import { writtenMessage, type TooLong, type Written } from './written';

type Effects = readonly Effect[];

/** [ours] ms. A tick that is later than this follows a change of the clock or sleep of the computer: nothing could be received meanwhile. */
const lateLimit = 5_000;

/** Ends that a link comes to which died while this computer slept. */
const endsOfSleep: ReadonlySet<CloseReason> = new Set([
  'silence',
  'halfFrame',
  'notReading',
  'reset',
  'replaced',
]);

/** Bytes that are decoded in one step. Frames that lie about their length cost many times what others do. */
const stepBytes = 512;

const none: Effects = [];
const noFindings: readonly Finding[] = [];

/** What came, decoded up to `from`. */
interface Chunk {
  readonly leg: Leg;
  readonly bytes: Uint8Array;
  readonly at: number;
  from: number;
}

/** What was found among them, looked at up to `next`. */
interface Batch {
  readonly leg: Leg;
  readonly received: readonly Received[];
  next: number;
}

export class ConnectionCore {
  readonly #policy: Policy;
  readonly #legs: readonly Leg[];
  #conversation: Conversation;
  /** What came and is not decoded yet, oldest first. */
  readonly #chunks: Chunk[] = [];
  /** What is decoded and was not looked at yet, and what came after it, oldest first. There is hardly ever more than one. */
  #batch: Batch | null = null;
  readonly #batches: Batch[] = [];
  /** Whether limits and timers have to be looked at once all that came is. */
  #isChecked = true;
  /** When something is due if nothing comes, and the earliest time that was asked for. */
  #dueAt = Infinity;
  #wakeAt = Infinity;
  #ended = false;
  /** The computer's last sleep: how long it was, and when it was over. */
  #sleep: { readonly ms: number; readonly until: number } | null = null;

  constructor(conn: number, peer: Peer, policy: Policy, now: number, legs: readonly LegName[] = ['machine']) {
    this.#policy = policy;
    this.#conversation = newConversation(conn, peer);
    this.#legs = legs.map((name) => new Leg(name, policy.hasLimits, now));
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

  get ended(): boolean {
    return this.#ended;
  }

  /** When `tick` has something to do if nothing comes; `Infinity`: never. `wake` may ask for an earlier time. */
  get dueAt(): number {
    return this.#ended ? Infinity : this.#dueAt;
  }

  /** The connection stands: accepted, or dialled. */
  opened(now: number): Effects {
    return [
      { type: 'record', entry: { kind: 'opened', ...baseOf(this.#conversation, now), peer: this.peer } },
      ...this.#wake(now),
    ];
  }

  /** `next` has more to give, and does not wait for the other end to take what was written. */
  get isBehind(): boolean {
    return !this.#isPaused && (this.#batch !== null || this.#chunks.length > 0);
  }

  /** Bytes came at `at`; they are kept until they are decoded. Carry out `next` then; several chunks may be handed in before that. */
  received(name: LegName, bytes: Uint8Array, at: number): void {
    const leg = this.#standing(name);
    if (leg === null) return;
    leg.lastAt = at;
    leg.undecoded += bytes.length;
    this.#chunks.push({ leg, bytes, at, from: 0 });
    this.#isChecked = false;
  }

  /** Bytes of this leg are missing from here on, or nothing more is known of it. Carry out `next` then. */
  interrupted(name: LegName): void {
    const leg = this.#standing(name);
    if (leg === null) return;
    this.#decodeAll();
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
  slept(ms: number, now: number): void {
    this.#sleep = { ms, until: now };
    for (const leg of this.#legs) leg.restartLimits(now);
    this.#isChecked = false;
  }

  /**
   * The next thing that is to be done; `null`: nothing more until something comes in. Each is a step of bounded work, so that whoever
   * carries can look after others in between: at most one frame, and some bytes that are decoded, of which nothing may come.
   */
  next(now: number): Effects | null {
    if (this.#batch === null && this.isBehind) this.#decodeSome();
    for (let batch = this.#isPaused ? null : this.#batch; batch !== null; batch = this.#batch) {
      const one = batch.received[batch.next];
      batch.next += 1;
      if (one !== undefined) return this.#onReceived(batch.leg, one, now);
      this.#batch = this.#batches.shift() ?? null;
    }
    if (this.isBehind) return none;
    if (this.#isChecked || this.#ended) return null;
    for (const leg of this.#legs) {
      const owed = leg.takeOwed(now);
      if (owed !== null) return [this.#sendChosen(leg, owed.message, owed.head, now)];
    }
    for (const leg of this.#legs) {
      const about = leg.takeReminder(now);
      if (about !== null) return this.#onDue(about, now);
    }
    this.#isChecked = true;
    for (const leg of this.#legs) {
      const passed = leg.passed(now);
      if (passed !== null) return this.#end(passed.reason, now, [passed.finding]);
    }
    return this.#wake(now);
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
    return wasPaused ? this.#wake(now) : [{ type: 'pause' }, ...this.#wake(now)];
  }

  /** Everything written is taken. Carry out `next` then. */
  drained(name: LegName): Effects {
    const leg = this.#standing(name);
    this.#isChecked = false;
    return leg === null ? none : this.#taken(leg);
  }

  /** The other end of a leg is gone. Carry out `next` then. */
  closed(name: LegName, how: SocketEnd, now: number): Effects {
    const leg = this.#standing(name);
    if (leg === null) return none;
    leg.hasEnded = true;
    this.#decodeAll();
    this.#take(leg, leg.receiver.end());
    const { onLegEnd } = this.#policy;
    const isLast = this.#legs.every(({ hasEnded }) => hasEnded);
    if (isLast || onLegEnd === undefined) return this.#end(closedBy(name, how), now);
    const effects: Effect[] = [];
    for (const action of onLegEnd(name, how, this.#conversation)) this.#act(action, now, effects);
    return this.#ended ? effects : [...effects, ...this.#taken(leg)];
  }

  /** We end it. */
  close(reason: CloseReason, now: number, finding?: Finding): Effects {
    return this.#end(reason, now, finding === undefined ? noFindings : [finding]);
  }

  /** `null`: the leg or the whole connection has ended. */
  #standing(name: LegName): Leg | null {
    for (const leg of this.#legs) if (leg.name === name) return this.#ended || leg.hasEnded ? null : leg;
    throw new Error(`no leg to the ${name}`);
  }

  /** Something written is not taken: nothing is read or looked at meanwhile. */
  get #isPaused(): boolean {
    return this.#legs.some(({ unread }) => unread !== null);
  }

  /** Nothing written on this leg waits any more. */
  #taken(leg: Leg): Effects {
    if (leg.unread === null) return none;
    leg.unread = null;
    return this.#isPaused ? none : [{ type: 'resume' }];
  }

  #decodeSome(): void {
    const [chunk] = this.#chunks;
    if (chunk === undefined) return;
    const { leg, bytes, at, from } = chunk;
    // Nobody waits while a recording is read.
    const some = this.#policy.hasLimits ? bytes.subarray(from, from + stepBytes) : bytes;
    chunk.from += some.length;
    leg.undecoded -= some.length;
    if (chunk.from >= bytes.length) this.#chunks.shift();
    this.#take(leg, leg.receiver.push(some, at));
  }

  #decodeAll(): void {
    while (this.#chunks.length > 0) this.#decodeSome();
  }

  #take(leg: Leg, received: readonly Received[]): void {
    this.#isChecked = false;
    if (received.length === 0) return;
    const batch = { leg, received, next: 0 };
    if (this.#batch === null) this.#batch = batch;
    else this.#batches.push(batch);
  }

  #onReceived(leg: Leg, { item, at }: Received, now: number): Effects {
    switch (item.kind) {
      case 'junk':
        leg.junkBytes += item.bytes.length;
        return [junkCame(this.#conversation, leg, item, at)];
      case 'overflow':
        if (!this.#policy.hasLimits) return none;
        return this.#end('noFrame', now, [{ code: 'link.noFrame', params: { bytes: item.bytes } }]);
      case 'frame':
        return this.#onFrame(leg, item, at, now);
    }
  }

  #onFrame(leg: Leg, frame: DecodedFrame, at: number, now: number): Effects {
    leg.junkBytes = 0;
    const { message, findings } = leg.read(frame);
    const incoming = { leg: leg.name, frame, message, findings, at, now };
    const reaction = this.#policy.onFrame(incoming, this.#conversation);
    this.#conversation = reaction.conversation;
    const effects = [frameCame(this.#conversation, leg, frame, message, reaction.findings, at)];
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
        if (pause > 0) leg.owed.push({ message, head, pause, since: now });
        else effects.push(this.#send(leg, message, head, now));
        break;
      }
      case 'forward': {
        const { leg, bytes } = action;
        if (this.#standing(leg) !== null) effects.push({ type: 'send', leg, bytes, entry: null });
        break;
      }
      case 'remind':
        this.#standing(action.leg)?.remind(action.about, action.at);
        break;
      case 'claim':
        effects.push({ type: 'claim', conn: this.conn, vmcNo: action.vmcNo, released: action.released });
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
    const written = writtenMessage(message, leg.sent, head, leg.sequence);
    if (!('tooLong' in written)) return this.#write(leg, written, now);
    return findingMade(this.#conversation, { code: 'out.tooLong', params: { bytes: written.tooLong } }, now);
  }

  #write(leg: Leg, written: Written, now: number): Effect {
    if (written.sequence === leg.sequence) leg.sequence += 1;
    leg.wroteAt = now;
    return frameSent(this.#conversation, leg, written, now);
  }

  /** What is held came before the end and is recorded before it, though nothing more is done about it. */
  #end(why: CloseReason, now: number, given: readonly Finding[] = noFindings): Effects {
    if (this.#ended) return none;
    this.#ended = true;
    const sleep = endsOfSleep.has(why) ? this.#unheardSleep : null;
    const reason = sleep === null ? why : 'slept';
    const findings =
      sleep === null ? given : ([{ code: 'link.slept', params: { ms: sleep.ms } }] satisfies Finding[]);
    this.#decodeAll();
    for (const leg of this.#legs) this.#take(leg, leg.receiver.end());
    const effects: Effect[] = [];
    for (let batch = this.#batch; batch !== null; batch = this.#batches.shift() ?? null) {
      const { leg } = batch;
      for (const { item, at } of batch.received.slice(batch.next)) {
        if (item.kind === 'junk') effects.push(junkCame(this.#conversation, leg, item, at));
        if (item.kind !== 'frame') continue;
        const { message, findings: reading } = leg.read(item);
        const found = [...item.findings, ...reading];
        effects.push(frameCame(this.#conversation, leg, item, message, found, at));
      }
    }
    this.#batch = null;
    // Nothing is kept back for a machine that is let go.
    if (closeReasons[reason].inOrder)
      for (const leg of this.#legs)
        for (const { message, head } of leg.owed) effects.push(this.#send(leg, message, head, now));
    for (const finding of findings) effects.push(findingMade(this.#conversation, finding, now));
    effects.push(
      { type: 'record', entry: { kind: 'closed', ...baseOf(this.#conversation, now), reason } },
      { type: 'close', reason, inOrder: closeReasons[reason].inOrder },
    );
    return effects;
  }

  /** The sleep since which nothing was heard. */
  get #unheardSleep(): { readonly ms: number } | null {
    const sleep = this.#sleep;
    return sleep !== null && this.#legs.every(({ lastAt }) => lastAt <= sleep.until) ? sleep : null;
  }

  /** Asks to be woken where something is due earlier than what was asked for. */
  #wake(now: number): Effects {
    let dueAt = Infinity;
    for (const leg of this.#legs) dueAt = Math.min(dueAt, leg.dueAt);
    this.#dueAt = dueAt;
    const at = Math.max(now, dueAt);
    if (at >= this.#wakeAt) return none;
    this.#wakeAt = at;
    return [{ type: 'wake', at }];
  }
}
