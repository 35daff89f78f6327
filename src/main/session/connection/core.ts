/**
 * One connection without its sockets: bytes, messages of ours, time and ends go in, and what must happen in the world comes out as
 * values. It opens nothing, reads no clock and sets no timer. Whoever carries for it (link/connection.ts) hands in what came, then
 * carries out `next` until there is nothing more.
 */
import type { Finding } from '#shared/findings';
import { closeReasons, closedBy, type CloseReason, type SocketEnd } from '#shared/model/closeReasons';
import { messageOf } from '#shared/messages/read';
import type { Head, Peer } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import { encodeFrame } from '../../protocol/encode';
import type { DecodedFrame } from '../../protocol/frame';
import type { Received } from '../../protocol/receiver';
import { writtenByHand, type ByHand, type Written } from './byHand';
import { claimFindings, type ClaimOutcome } from './claims';
import { newConversation, type Conversation } from './conversation';
import { baseOf, findingMade, frameCame, frameSent, junkCame, type Effect } from './effects';
import { Leg } from './leg';
import type { Action, LegName, Policy } from './policy';

type Effects = readonly Effect[];

/** [ours] ms. A tick that is later than this follows a change of the clock or sleep of the computer: nothing could be received meanwhile. */
const lateLimit = 5_000;

const none: Effects = [];
const noFindings: readonly Finding[] = [];

/** What was found in one chunk, looked at up to `next`. */
interface Batch {
  readonly leg: Leg;
  readonly received: readonly Received[];
  next: number;
}

export class ConnectionCore {
  readonly #policy: Policy;
  readonly #legs: readonly Leg[];
  #conversation: Conversation;
  /** What came and was not looked at yet, oldest first. */
  readonly #batches: Batch[] = [];
  /** Whether limits and timers have to be looked at once all that came is. */
  #isChecked = true;
  /** The earliest time asked for. */
  #wakeAt = Infinity;
  #ended = false;

  constructor(conn: number, peer: Peer, policy: Policy, now: number, legs: readonly LegName[] = ['machine']) {
    this.#policy = policy;
    this.#conversation = newConversation(conn, peer);
    this.#legs = legs.map((name) => new Leg(name, now));
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

  /** The connection stands: accepted, or dialled. */
  opened(now: number): Effects {
    return [
      { type: 'record', entry: { kind: 'opened', ...baseOf(this.#conversation, now), peer: this.peer } },
      ...this.#wake(now),
    ];
  }

  /** Bytes came at `at`. Carry out `next` then; several chunks may be handed in before that. */
  received(name: LegName, bytes: Uint8Array, at: number): void {
    if (this.#ended) return;
    const leg = this.#leg(name);
    leg.lastAt = at;
    this.#take(leg, leg.receiver.push(bytes, at));
  }

  /** Time has come to what was asked for. Carry out `next` then. */
  tick(now: number): void {
    if (this.#ended) return;
    if (now - this.#wakeAt > lateLimit) for (const leg of this.#legs) leg.restartLimits(now);
    if (now >= this.#wakeAt) this.#wakeAt = Infinity;
    for (const leg of this.#legs) {
      const { settleAt } = leg.receiver;
      if (settleAt !== null && settleAt <= now) this.#take(leg, leg.receiver.settle());
    }
    this.#isChecked = false;
  }

  /** The next thing that is to be done; `null`: nothing more until something comes in. */
  next(now: number): Effects | null {
    for (let batch = this.#batches[0]; batch !== undefined; batch = this.#batches[0]) {
      const one = batch.received[batch.next];
      batch.next += 1;
      if (one === undefined) this.#batches.shift();
      else return this.#onReceived(batch.leg, one, now);
    }
    if (this.#isChecked || this.#ended) return null;
    this.#isChecked = true;
    for (const leg of this.#legs) {
      const passed = leg.limit(now);
      if (passed !== null) return this.#end(passed.reason, now, [passed.finding]);
    }
    return this.#wake(now);
  }

  /**
   * Sends one message of our own accord, with the head this machine uses. What is recorded is the frame, or the finding that it is too
   * long to be sent. Nothing: the connection has ended.
   */
  send(message: WireMessage, now: number): Effects {
    if (this.#ended) return none;
    return [this.#send(this.#leg('machine'), message, this.#policy.headFor(this.#conversation), now)];
  }

  /** Sends what a person wrote. As `send`, and `tooLong` in bytes where no head can say its length. */
  sendByHand(content: ByHand, now: number): Effects | { readonly tooLong: number } {
    if (this.#ended) return none;
    const leg = this.#leg('machine');
    const written = writtenByHand(content, this.#policy.headFor(this.#conversation), leg.sequence);
    return 'tooLong' in written ? written : [this.#write(leg, written, now)];
  }

  /** What the claim came to. */
  claimed(outcome: ClaimOutcome, now: number): Effects {
    return this.#ended
      ? none
      : claimFindings(outcome).map((finding) => findingMade(this.#conversation, finding, now));
  }

  /** `bytes` of what was written are not taken by the other end: nothing is read from it until it does take them, but not for ever. */
  notDrained(name: LegName, bytes: number, now: number): Effects {
    if (this.#ended) return none;
    const leg = this.#leg(name);
    const { unread } = leg;
    leg.unread = { bytes, since: unread?.since ?? now };
    return unread === null ? [{ type: 'pause', leg: name }, ...this.#wake(now)] : none;
  }

  /** Everything written is taken. */
  drained(name: LegName): Effects {
    const leg = this.#leg(name);
    if (this.#ended || leg.unread === null) return none;
    leg.unread = null;
    return [{ type: 'resume', leg: name }];
  }

  /** The other end of a leg is gone. */
  closed(name: LegName, how: SocketEnd, now: number): Effects {
    return this.#end(closedBy(name, how), now);
  }

  /** We end it. */
  close(reason: CloseReason, now: number, finding?: Finding): Effects {
    return this.#end(reason, now, finding === undefined ? noFindings : [finding]);
  }

  #leg(name: LegName): Leg {
    const leg = this.#legs.find((one) => one.name === name);
    if (leg === undefined) throw new Error(`no leg to the ${name}`);
    return leg;
  }

  #take(leg: Leg, received: readonly Received[]): void {
    if (received.length > 0) this.#batches.push({ leg, received, next: 0 });
    this.#isChecked = false;
  }

  #onReceived(leg: Leg, { item, at }: Received, now: number): Effects {
    switch (item.kind) {
      case 'junk':
        leg.junkBytes += item.bytes.length;
        return [junkCame(this.#conversation, item, at)];
      case 'overflow':
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
    const effects: Effect[] = [
      frameCame(this.#conversation, leg.name, frame, message, reaction.findings, at),
    ];
    for (const action of reaction.actions) this.#act(action, now, effects);
    return effects;
  }

  #act(action: Action, now: number, effects: Effect[]): void {
    switch (action.type) {
      case 'send':
        effects.push(this.#send(this.#leg(action.leg), action.message, action.head, now));
        break;
      case 'claim':
        effects.push({ type: 'claim', conn: this.conn, vmcNo: action.vmcNo, released: action.released });
        break;
      case 'close':
        effects.push(...this.#end(action.reason, now));
        break;
    }
  }

  #send(leg: Leg, message: WireMessage, head: Head, now: number): Effect {
    const text = JSON.stringify(message);
    const encoded = encodeFrame(text, head, leg.sequence);
    if (!encoded.ok)
      return findingMade(this.#conversation, { code: 'out.tooLong', params: { bytes: encoded.bytes } }, now);
    const sequence = head === 'le48' ? leg.sequence : null;
    const { bytes } = encoded;
    // What we make ourselves is without fault.
    const { message: body } = messageOf(message, 'out');
    return this.#write(
      leg,
      { bytes, head, sequence, bodyStart: 12, text, message: body, findings: noFindings },
      now,
    );
  }

  #write(leg: Leg, written: Written, now: number): Effect {
    if (written.sequence === leg.sequence) leg.sequence += 1;
    return frameSent(this.#conversation, leg.name, written, now);
  }

  /** What is held came before the end and is recorded before it, though nothing more is done about it. */
  #end(reason: CloseReason, now: number, findings: readonly Finding[] = noFindings): Effects {
    if (this.#ended) return none;
    this.#ended = true;
    for (const leg of this.#legs) this.#take(leg, leg.receiver.end());
    const effects: Effect[] = [];
    for (const { leg, received, next } of this.#batches.splice(0)) {
      for (const { item, at } of received.slice(next)) {
        if (item.kind === 'junk') effects.push(junkCame(this.#conversation, item, at));
        if (item.kind !== 'frame') continue;
        const { message, findings: reading } = leg.read(item);
        const found = [...item.findings, ...reading];
        effects.push(frameCame(this.#conversation, leg.name, item, message, found, at));
      }
    }
    for (const finding of findings) effects.push(findingMade(this.#conversation, finding, now));
    effects.push(
      { type: 'record', entry: { kind: 'closed', ...baseOf(this.#conversation, now), reason } },
      { type: 'close', reason, inOrder: closeReasons[reason].inOrder },
    );
    return effects;
  }

  /** Asks to be woken where something is due earlier than what was asked for. */
  #wake(now: number): Effects {
    let at = Infinity;
    for (const leg of this.#legs) at = Math.min(at, Math.max(now, leg.dueAt));
    if (at >= this.#wakeAt) return none;
    this.#wakeAt = at;
    return [{ type: 'wake', at }];
  }
}
