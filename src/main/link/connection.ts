/** The sockets of one connection: carries what comes to the connection's core, and carries out what the core says. */
import type { Socket } from 'node:net';
import type { Finding } from '#shared/findings';
import { arrivalBytes } from '#shared/model/arrivals';
import type { CloseReason, SocketEnd } from '#shared/model/closeReasons';
import type { Entry, NewEntry, Peer } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { ByHand } from '../session/connection/byHand';
import type { Claim, ClaimOutcome } from '../session/connection/claims';
import type { ConnectionCore } from '../session/connection/core';
import type { Effect, HeldFrame } from '../session/connection/effects';
import type { Release } from '../session/connection/relayedFrame';
import type { LegName } from '../session/connection/policy';
import type { Alarms, Sleeper } from './alarms';
import { across, mostWaiting, RelaySockets } from './relaySockets';
import type { Early } from './relayGate';
import type { Guest } from './room';
import type { Turns, Waiting } from './turns';
import type { Undecoded } from './undecoded';
import type { NotReading, Unsent } from './unsent';

/** ms in which a closed connection may still take what was written. */
const lingerLimit = 3_000;
/** Steps of one connection's core in a turn: more frames than a machine sends at once, but for orders it has stored. */
export const stepsPerTurn = 8;

const legs = ['machine', 'server'] as const;

export interface ConnectionDeps {
  readonly now: () => number;
  /** Numbers an entry and makes sure of it. */
  readonly keep: (entry: NewEntry) => Entry;
  /** Folds what was kept into the state of machines. */
  readonly fold: () => void;
  readonly claim: (claim: Claim) => ClaimOutcome;
  readonly ended: (connection: Connection) => void;
  /** A frame waits for a person. */
  readonly held: (connection: Connection, held: HeldFrame) => void;
  readonly alarms: Alarms;
  readonly turns: Turns;
  readonly unsent: Unsent;
  readonly undecoded: Undecoded;
  /** A bug of ours. */
  readonly problem: (detail: string) => void;
}

export class Connection implements Sleeper, Waiting, NotReading, Guest {
  readonly #socket: Socket;
  /** Of one that is relayed. */
  readonly #passing: RelaySockets | null;
  /** Bytes that were passed on and not recorded, of each leg, since the record had room last. */
  readonly #unrecorded = new Map<LegName, number>();
  readonly #core: ConnectionCore;
  readonly #deps: ConnectionDeps;
  /** Not to be read from until the core says so. */
  #isPaused = false;
  #firstBytes: Uint8Array = new Uint8Array();
  /** Which of its sockets ended first, and how, while it had more to look at, which came before that. */
  #gone: { readonly leg: LegName; readonly how: SocketEnd } | null = null;
  alarmSlot: number | null = null;

  /** `upstream`: to the server that the machine is relayed to. */
  constructor(socket: Socket, core: ConnectionCore, deps: ConnectionDeps, upstream: Socket | null = null) {
    this.#socket = socket;
    this.#core = core;
    this.#deps = deps;
    this.#carryOut(core.opened(deps.now()));
    this.#passing = upstream === null ? null : this.#passTo(upstream);
    if (this.#passing !== null) return;
    const onGone = (how: SocketEnd) => (): void => this.#onGone('machine', how);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('drain', () => this.#onDrained());
    socket.on('end', onGone('end')).on('error', onGone('reset')).on('close', onGone('end'));
  }

  #passTo(upstream: Socket): RelaySockets {
    return new RelaySockets(this.#socket, upstream, {
      received: (leg, chunk) => this.#onPassed(leg, chunk),
      halfClosed: (leg) => this.#handIn((now) => this.#onHalfClosed(leg, now)),
      gone: (leg, how) => {
        for (const one of legs) this.#core.shut(one);
        this.#onGone(leg, how);
      },
    });
  }

  get conn(): number {
    return this.#core.conn;
  }

  get peer(): Peer {
    return this.#core.peer;
  }

  get address(): string {
    return this.peer.remoteAddress;
  }

  get vmcNo(): number | null {
    return this.#core.vmcNo;
  }

  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  /** `arrivalBytes` at most: for whoever wonders what it is that says no number. */
  get firstBytes(): Uint8Array {
    return this.#firstBytes;
  }

  /** What came before there was a connection. */
  begin({ bytes, hasEnded }: Early): void {
    if (this.#passing !== null) {
      if (bytes.length > 0) this.#onPassed('machine', Buffer.from(bytes));
      if (hasEnded) this.#passing.ended('machine');
    } else {
      if (bytes.length > 0) this.#onData(Buffer.from(bytes));
      if (hasEnded) this.#onGone('machine', 'end');
    }
    // It was paused while its server was called.
    if (!hasEnded && !this.#isPaused) this.#socket.resume();
  }

  get isRelayed(): boolean {
    return this.#passing !== null;
  }

  /**
   * A frame of ours would not fall into one that is being passed on to the same leg. What was passed on and is not decoded yet is, so
   * that a frame of ours gets the number that is next.
   */
  isBetweenFrames(leg: LegName = 'machine'): boolean {
    if (this.#passing === null) return true;
    // What is passed on unrecorded may end anywhere, and others would wait while much is decoded at once.
    if (this.#unrecorded.has(across(leg)) || this.#core.undecoded(across(leg)) > mostWaiting) return false;
    const now = this.#deps.now();
    this.#core.catchUp();
    for (let todo = this.#core.next(now); todo !== null; todo = this.#core.next(now)) this.#carryOut(todo);
    return !this.#core.isWithinFrame(leg);
  }

  /** Sends one message. The entry is the frame, or the finding that it was too long; `null`: the connection has ended, or passes on part of a frame. */
  send(message: WireMessage): Entry | null {
    if (!this.isBetweenFrames()) return null;
    return this.#carryOut(this.#core.send('machine', message, this.#deps.now()));
  }

  /** Sends what a person wrote. As `send`, and `tooLong` in bytes where no head can say its length. */
  sendByHand(content: ByHand, to: LegName = 'machine'): Entry | { readonly tooLong: number } | null {
    if (!this.isBetweenFrames(to)) return null;
    const sent = this.#core.sendByHand(to, content, this.#deps.now());
    return 'tooLong' in sent ? sent : this.#carryOut(sent);
  }

  /** What becomes of a frame that is held. */
  release(key: number, as: Release): { readonly tooLong: number } | null {
    const released = this.#core.release(key, as, this.#deps.now());
    if ('tooLong' in released) return released;
    this.#carryOut(released);
    this.#afterTurn();
    return null;
  }

  /** Says something of it that its bytes don't; `null`: it has ended. */
  remark(finding: Finding): Entry | null {
    return this.#carryOut(this.#core.remark(finding, this.#deps.now()));
  }

  close(reason: CloseReason, finding?: Finding): void {
    this.#endGaps();
    this.#carryOut(this.#core.close(reason, this.#deps.now(), finding));
  }

  wake(): void {
    this.#handIn((now) => this.#core.tick(now));
  }

  slept(ms: number): void {
    this.#handIn((now) => this.#core.slept(ms, now));
  }

  /** So much waits for those that do not read that no more fits. */
  giveUp(bytes: number): void {
    this.close('notReading', { code: 'link.notReading', params: { bytes } });
  }

  takeTurn(): void {
    this.#handIn(() => undefined);
  }

  /** Passed on at once wherever nobody has to look at it first; it is decoded when there is time. */
  #onPassed(leg: LegName, chunk: Buffer): void {
    if (leg === 'machine') this.#noteFirst(chunk);
    const isPassed = this.#core.passesAtOnce(leg) && this.#passing?.write(across(leg), chunk) === true;
    const unrecorded = this.#unrecorded.get(leg);
    const isMissed = !this.#deps.undecoded.hasRoom(this) || (unrecorded !== undefined && this.#core.isBehind);
    if (isPassed && isMissed) {
      this.#unrecorded.set(leg, (unrecorded ?? 0) + chunk.length);
      this.#deps.turns.waitLonger(this);
      return;
    }
    this.#endGap(leg);
    if (!isPassed) return this.#handIn((now) => this.#core.received(leg, chunk, now));
    this.#core.received(leg, chunk, this.#deps.now(), true);
    this.#deps.undecoded.waits(this, this.#core.backlogSize);
    this.#deps.turns.waitLonger(this);
  }

  #onHalfClosed(leg: LegName, now: number): void {
    this.#endGaps();
    const code = leg === 'machine' ? 'relay.machineEnds' : 'relay.serverEnds';
    // In the record it comes after what was passed on before.
    this.#core.remarkAfter(leg, { code }, now);
    // Part of a frame, where frames are looked at, becomes no whole one any more.
    if (!this.#core.isThrough(leg)) this.#core.interrupted(leg);
  }

  #onData(chunk: Buffer): void {
    this.#noteFirst(chunk);
    this.#handIn((now) => this.#core.received('machine', chunk, now));
  }

  #noteFirst(chunk: Buffer): void {
    const missing = arrivalBytes - this.#firstBytes.length;
    // A copy: a piece of a chunk keeps the whole in memory.
    if (missing > 0) this.#firstBytes = Buffer.concat([this.#firstBytes, chunk.subarray(0, missing)]);
  }

  #onDrained(): void {
    this.#deps.unsent.taken(this);
    this.#handIn(() => this.#carryOut(this.#core.drained('machine')));
  }

  #onGone(leg: LegName, how: SocketEnd): void {
    if (this.#core.ended) return;
    this.#endGaps();
    this.#gone ??= { leg, how };
    if (this.#core.isBehind) {
      if (this.#passing !== null) this.#deps.turns.wait(this);
    } else this.#endAs(this.#gone);
  }

  #endAs({ leg, how }: { readonly leg: LegName; readonly how: SocketEnd }): void {
    if (this.#passing !== null && how === 'reset')
      this.remark({ code: leg === 'machine' ? 'relay.machineCuts' : 'relay.serverCuts' });
    this.#carryOut(this.#core.closed(leg, how, this.#deps.now()));
  }

  /** A bug of ours costs this connection, not the app: the others go on, and it is told. */
  #handIn(what: (now: number) => void): void {
    const now = this.#deps.now();
    try {
      what(now);
      for (const leg of legs) if (this.#passing?.isShut(leg) === true) this.#core.shut(leg);
      // Passing on goes before the record where it can't keep up.
      const steps = this.#unrecorded.size > 0 ? 1 : stepsPerTurn;
      for (let step = 0; step < steps; step += 1) {
        const todo = this.#core.next(now);
        if (todo === null) break;
        this.#carryOut(todo);
      }
      this.#afterTurn();
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' };
      this.#deps.problem(`connection ${this.conn} is given up: ${stack || message}`);
      this.close('internal', { code: 'link.internal', params: { detail: message.slice(0, 200) } });
    }
  }

  /** The others get their turn before more of this one is looked at, and more is read only then. */
  #afterTurn(): void {
    if (this.#core.ended) return;
    if (this.#passing !== null) this.#afterPassing(this.#passing);
    else if (this.#core.isBehind) {
      this.#socket.pause();
      this.#deps.turns.wait(this);
    } else if (this.#gone !== null) this.#endAs(this.#gone);
    else if (!this.#isPaused && this.#socket.isPaused()) this.#socket.resume();
  }

  #afterPassing(passing: RelaySockets): void {
    if (!this.#core.isBehind && this.#deps.undecoded.hasRoom(this)) this.#endGaps();
    const { isBehind } = this.#core;
    this.#deps.undecoded.waits(this, this.#core.backlogSize);
    if (isBehind) this.#deps.turns.wait(this);
    if (this.#gone !== null) {
      if (!isBehind) this.#endAs(this.#gone);
      return;
    }
    for (const leg of legs) {
      if (!this.#core.passesAtOnce(leg)) passing.waits(leg, this.#core.undecoded(leg));
      else passing.waits(leg, 0);
      if (passing.isEnding && this.#core.isThrough(leg, passing.isOver)) passing.passEnd(leg);
    }
  }

  /** What comes next is recorded again, or nothing comes any more. */
  #endGaps(): void {
    for (const leg of legs) this.#endGap(leg);
  }

  #endGap(leg: LegName): void {
    const bytes = this.#unrecorded.get(leg);
    if (bytes === undefined) return;
    this.#unrecorded.delete(leg);
    this.#core.missed(leg, bytes, this.#deps.now());
  }

  /** Gives the last entry that was recorded. An answer goes out once what it answers is kept, and before that is folded. */
  #carryOut(effects: readonly Effect[]): Entry | null {
    let recorded: Entry | null = null;
    for (const effect of effects) {
      if (effect.type !== 'record' && effect.type !== 'send') this.#deps.fold();
      switch (effect.type) {
        case 'record':
          recorded = this.#deps.keep(effect.entry);
          break;
        case 'send': {
          if (this.#passing !== null) {
            const isWritten = this.#passing.write(effect.leg, effect.bytes, effect.entry !== null);
            if (isWritten && effect.entry !== null) recorded = this.#deps.keep(effect.entry);
            break;
          }
          if (this.#socket.destroyed || !this.#socket.writable) break;
          const isTaken = this.#socket.write(effect.bytes);
          if (effect.entry !== null) recorded = this.#deps.keep(effect.entry);
          const { writableLength } = this.#socket;
          if (isTaken) break;
          this.#carryOut(this.#core.notDrained(effect.leg, writableLength, this.#deps.now()));
          this.#deps.unsent.waits(this, writableLength);
          break;
        }
        case 'claim':
          this.#carryOut(this.#core.claimed(this.#deps.claim(effect), this.#deps.now()));
          break;
        case 'hold':
          this.#deps.held(this, effect.held);
          break;
        case 'pause':
        case 'resume':
          this.#isPaused = effect.type === 'pause';
          this.#socket[effect.type]();
          break;
        case 'wake':
          this.#deps.alarms.set(this, effect.at);
          break;
        case 'close':
          this.#letGo(effect.inOrder);
          break;
      }
    }
    this.#deps.fold();
    return recorded;
  }

  /** What was written before still goes out where it ends in order, but nobody is waited for long. */
  #letGo(inOrder: boolean): void {
    this.#deps.alarms.clear(this);
    this.#deps.turns.leave(this);
    this.#deps.unsent.taken(this);
    this.#deps.undecoded.waits(this, 0);
    this.#deps.ended(this);
    if (this.#passing !== null) {
      const passing = this.#passing;
      passing.end(inOrder);
      if (inOrder) setTimeout(() => passing.destroy(), lingerLimit).unref();
      return;
    }
    if (!inOrder) return void this.#socket.destroy();
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), lingerLimit).unref();
  }
}
