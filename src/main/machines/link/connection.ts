/**
 * One connection as the server sees it: its facts and its operations. It passes input to its core in turns with other
 * connections, and carries out the core's effects. The subclasses have the sockets.
 */
import type { Socket } from 'node:net';
import type { Finding } from '#shared/findings';
import { signFindings } from '#shared/messages/login';
import { arrivalBytes } from '#shared/model/arrivals';
import type { CloseReason, SocketEnd } from '#shared/model/closeReasons';
import type { Entry, Peer } from '#shared/model/frame';
import type { MachineConfig } from '#shared/model/machine';
import type { WireMessage } from '#shared/model/message';
import { checkSign } from '../../core/protocol/sign';
import type { ByHand } from '../../core/connection/byHand';
import type { Claim, ClaimOutcome } from '../../core/connection/claims';
import type { ConnectionCore } from '../../core/connection/core';
import type { Effect, HeldFrame } from '../../core/connection/effects';
import type { LegName } from '../../core/connection/policy';
import type { Release } from '../../core/connection/relayedFrame';
import type { TooLong } from '../../core/connection/written';
import type { EntryLog } from '../../core/state/entryLog';
import type { Guest } from '../../lib/net/room';
import type { Alarms, Sleeper } from './alarms';
import type { Early } from '../relay/relayGate';
import type { Passed } from '../relay/relayLoops';
import type { Turns, Waiting } from './turns';
import type { Undecoded } from './undecoded';
import type { NotReading, Unsent } from './unsent';

/** ms in which a closed connection may still send written data. */
const lingerLimit = 3_000;

const nothing: Uint8Array = new Uint8Array();

/** Objects and functions that all connections share. */
export interface ConnectionDeps {
  readonly now: () => number;
  readonly alarms: Alarms;
  readonly turns: Turns;
  readonly unsent: Unsent;
  readonly undecoded: Undecoded;
  /** Numbers and records entries, and folds them into the state of machines. */
  readonly log: Pick<EntryLog, 'keep' | 'fold'>;
  readonly claim: (claim: Claim) => ClaimOutcome;
  /** Records a finding about another connection, if it is open. */
  readonly remark: (conn: number, finding: Finding) => void;
  readonly ended: (connection: Connection) => void;
  /** A frame waits for the user. */
  readonly held: (connection: Connection, held: HeldFrame) => void;
  /** The rule of each item that the connection delays now. */
  readonly delays: (connection: Connection, by: readonly number[]) => void;
  /** A bug. */
  readonly problem: (detail: string) => void;
}

/** The end of a socket. */
export interface Gone {
  readonly leg: LegName;
  readonly how: SocketEnd;
}

export abstract class Connection<Core extends ConnectionCore = ConnectionCore>
  implements Guest, Passed, Sleeper, Waiting, NotReading
{
  /** To the machine. */
  protected readonly socket: Socket;
  protected readonly core: Core;
  protected readonly deps: ConnectionDeps;
  /** The socket that ended first, while earlier data was still unprocessed. */
  #gone: Gone | null = null;
  #firstBytes = nothing;
  #firstAt: number | null = null;
  alarmSlot: number | null = null;

  constructor(socket: Socket, core: Core, deps: ConnectionDeps) {
    this.socket = socket;
    this.core = core;
    this.deps = deps;
  }

  get conn(): number {
    return this.core.conn;
  }

  get peer(): Peer {
    return this.core.peer;
  }

  get address(): string {
    return this.peer.remoteAddress;
  }

  get vmcNo(): number | null {
    return this.core.vmcNo;
  }

  abstract get isRelayed(): boolean;

  get bytesRead(): number {
    return this.socket.bytesRead;
  }

  /** `arrivalBytes` at most, to identify a client that never reports a number. */
  get firstBytes(): Uint8Array {
    return this.#firstBytes;
  }

  get firstAt(): number | null {
    return this.#firstAt;
  }

  /** Data from the machine. */
  protected cameFirst(chunk: Uint8Array): void {
    this.#firstAt ??= this.deps.now();
    const missing = arrivalBytes - this.#firstBytes.length;
    // Copy the bytes: a slice would keep the whole chunk in memory.
    if (missing > 0) this.#firstBytes = Buffer.concat([this.#firstBytes, chunk.subarray(0, missing)]);
  }

  /** Data of the machine's socket, if the machine is served here. */
  protected readonly received = (chunk: Uint8Array): void => {
    this.cameFirst(chunk);
    this.handIn((now) => this.core.received('machine', chunk, now));
  };

  /** Data that arrived before the connection existed. */
  abstract begin(early: Early): void;

  /** True if a frame of ours would not split a frame that is being relayed to the same leg. */
  abstract isBetweenFrames(leg?: LegName): boolean;

  /**
   * Sends one message. Returns its frame, or the finding that it was too long;
   * `null`: the connection has ended, or a frame is being relayed.
   */
  send(message: WireMessage): Entry | null {
    if (!this.isBetweenFrames()) return null;
    return this.carryOut(this.core.send('machine', message, this.deps.now()));
  }

  /** Sends a custom message. Like `send`; `tooLong` in bytes if its length does not fit the head. */
  sendByHand(content: ByHand, to: LegName = 'machine'): Entry | TooLong | null {
    if (!this.isBetweenFrames(to)) return null;
    const sent = this.core.sendByHand(to, content, this.deps.now());
    return 'tooLong' in sent ? sent : this.carryOut(sent);
  }

  /** Releases or drops a held frame. */
  abstract release(key: number, as: Release): TooLong | null;

  /** Ends the delays of the other rules. */
  abstract keepDelays(isKept: (rule: number) => boolean): void;

  /** Records a finding that its bytes do not show; `null`: the connection has ended. */
  remark(finding: Finding): Entry | null {
    return this.carryOut(this.core.remark(finding, this.deps.now()));
  }

  /** The machine's code was stored or changed, so its last login is checked again. */
  compareSign(code: string | null, signPolicy: MachineConfig['signPolicy']): void {
    const { signed } = this.core;
    if (signed === null || signed.vmcNo !== this.vmcNo) return;
    for (const finding of signFindings({ sign: checkSign(signed, code), signPolicy })) this.remark(finding);
  }

  close(reason: CloseReason, finding?: Finding): void {
    this.endReading();
    this.carryOut(this.core.close(reason, this.deps.now(), finding));
  }

  /** This computer slept for `ms`. */
  slept(ms: number): void {
    this.handIn((now) => void this.carryOut(this.core.slept(ms, now)));
  }

  /** This computer's clock was set by `ms`. */
  clockSet(ms: number): void {
    this.handIn((now) => void this.carryOut(this.core.clockSet(ms, now)));
  }

  takeTurn(): void {
    this.handIn(() => undefined);
  }

  wake(): void {
    this.handIn((now) => this.core.tick(now));
  }

  /** Too much unsent data: the other end does not read. */
  giveUp(bytes: number): void {
    this.close('notReading', { code: 'link.notReading', params: { bytes } });
  }

  /** Call when its sockets are set up. */
  protected opened(): void {
    this.carryOut(this.core.opened(this.deps.now()));
  }

  /**
   * Passes input to the core and gives it a turn. A bug costs this connection, not the app. The error is reported
   * and the other connections continue.
   */
  protected handIn(what: (now: number) => void): void {
    const now = this.deps.now();
    try {
      what(now);
      for (let steps = this.beginTurn(); steps > 0; steps -= 1) {
        const todo = this.core.next(now);
        if (todo === null) break;
        this.carryOut(todo);
      }
      this.endTurn();
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' };
      this.deps.problem(`connection ${this.conn} is given up: ${stack || message}`);
      this.close('internal', { code: 'link.internal', params: { detail: message.slice(0, 200) } });
    }
  }

  protected endTurn(): void {
    if (this.core.ended) return;
    this.readOn();
    if (this.#gone !== null && !this.core.hasBacklog) this.endAs(this.#gone);
  }

  /** Its sockets are closed, this leg's first. */
  protected gone(leg: LegName, how: SocketEnd): void {
    if (this.core.ended) return;
    this.endReading();
    this.#gone ??= { leg, how };
    if (this.core.hasBacklog) this.deps.turns.wait(this);
    else this.endAs(this.#gone);
  }

  /** All data received before the end is processed. */
  protected endAs({ leg, how }: Gone): void {
    this.carryOut(this.core.closed(leg, how, this.deps.now()));
  }

  /** Returns the last recorded entry. An answer is sent after the message it answers is recorded, and before that message is folded. */
  protected carryOut(effects: readonly Effect[]): Entry | null {
    const { deps } = this;
    let recorded: Entry | null = null;
    for (const effect of effects) {
      if (effect.type !== 'record' && effect.type !== 'send') deps.log.fold();
      switch (effect.type) {
        case 'record':
          recorded = deps.log.keep(effect.entry);
          break;
        case 'send':
          recorded = this.#send(effect) ?? recorded;
          break;
        case 'claim':
          this.carryOut(this.core.claimed(deps.claim(effect), deps.now()));
          break;
        case 'remark':
          deps.remark(effect.conn, effect.finding);
          break;
        case 'hold':
          deps.held(this, effect.held);
          break;
        case 'pause':
        case 'resume':
          this.hold(effect.type === 'pause');
          break;
        case 'wake':
          deps.alarms.set(this, effect.at);
          break;
        case 'close':
          this.#letGo(effect.inOrder);
          break;
      }
    }
    deps.log.fold();
    return recorded;
  }

  /** Data that cannot be written is not recorded. */
  #send({ leg, bytes, entry }: Extract<Effect, { type: 'send' }>): Entry | null {
    const { log, now, unsent } = this.deps;
    const waiting = this.write(leg, bytes, entry !== null);
    if (waiting === null) return null;
    const recorded = entry === null ? null : log.keep(entry);
    if (waiting === 0) return recorded;
    this.carryOut(this.core.notDrained(leg, waiting, now()));
    unsent.waits(this, waiting);
    return recorded;
  }

  /** After an orderly end, written data is still sent, but only for a short time. */
  #letGo(inOrder: boolean): void {
    const { alarms, turns, unsent, undecoded, ended } = this.deps;
    alarms.clear(this);
    turns.leave(this);
    unsent.taken(this);
    undecoded.waits(this, 0);
    ended(this);
    this.closeSockets(inOrder);
    if (inOrder) setTimeout(() => this.destroySockets(), lingerLimit).unref();
  }

  /**
   * Writes to this leg. Returns the unaccepted bytes that should pause reading; `null`:
   * nothing can be written to this leg any more. `isOurs`: not relayed data.
   */
  protected abstract write(leg: LegName, bytes: Uint8Array, isOurs: boolean): number | null;

  /** Pauses or resumes reading. */
  protected abstract hold(isHeld: boolean): void;

  /** The core has a turn. Updates it about the sockets and returns the number of steps it may take. */
  protected abstract beginTurn(): number;

  /** The turn is over: reads more, or waits for the next turn. */
  protected abstract readOn(): void;

  /** Nothing more is read. */
  protected abstract endReading(): void;

  /** `inOrder`: written data is still sent. */
  protected abstract closeSockets(inOrder: boolean): void;

  protected abstract destroySockets(): void;
}
