/** One connection, as the server knows it: what is known of it, and what it can be told. */
import type { Socket } from 'node:net';
import type { Finding } from '#shared/findings';
import { signFindings } from '#shared/messages/login';
import { arrivalBytes } from '#shared/model/arrivals';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Entry, Peer } from '#shared/model/frame';
import type { MachineConfig } from '#shared/model/machine';
import type { WireMessage } from '#shared/model/message';
import { checkSign } from '../../core/protocol/sign';
import type { ByHand } from '../../core/connection/byHand';
import type { ConnectionCore } from '../../core/connection/core';
import type { Effect } from '../../core/connection/effects';
import type { LegName } from '../../core/connection/policy';
import type { Release } from '../../core/connection/relayedFrame';
import { Carrier } from './carrier';
import type { Early } from '../relay/relayGate';
import type { Passed } from '../relay/relayLoops';
import { RelayWire } from '../relay/relayWire';
import type { Guest } from '../../lib/net/room';
import { SocketWire } from './socketWire';
import type { ConnectionDeps } from './wire';

interface TooLong {
  readonly tooLong: number;
}

export class Connection implements Guest, Passed {
  readonly #socket: Socket;
  readonly #core: ConnectionCore;
  readonly #now: () => number;
  readonly #carrier: Carrier<Connection>;
  #firstBytes: Uint8Array = new Uint8Array();
  #firstAt: number | null = null;

  /** `upstream`: to the server that the machine is relayed to. */
  constructor(
    socket: Socket,
    core: ConnectionCore,
    deps: ConnectionDeps<Connection>,
    upstream: Socket | null = null,
  ) {
    this.#socket = socket;
    this.#core = core;
    this.#now = deps.now;
    const wiring = { core, shares: deps, cameFirst: (chunk: Uint8Array) => this.#cameFirst(chunk) };
    this.#carrier = new Carrier<Connection>(this, core, deps, (carried) =>
      upstream === null
        ? new SocketWire(socket, carried, wiring)
        : new RelayWire(socket, upstream, carried, wiring),
    );
    this.#carrier.carryOut(core.opened(deps.now()));
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

  get isRelayed(): boolean {
    return this.#carrier.wire.isRelayed;
  }

  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  /** `arrivalBytes` at most: for whoever wonders what it is that says no number. */
  get firstBytes(): Uint8Array {
    return this.#firstBytes;
  }

  get firstAt(): number | null {
    return this.#firstAt;
  }

  #cameFirst(chunk: Uint8Array): void {
    this.#firstAt ??= this.#now();
    const missing = arrivalBytes - this.#firstBytes.length;
    // A copy: a piece of a chunk keeps the whole in memory.
    if (missing > 0) this.#firstBytes = Buffer.concat([this.#firstBytes, chunk.subarray(0, missing)]);
  }

  /** What came before there was a connection. */
  begin(early: Early): void {
    this.#carrier.wire.begin(early);
  }

  /** A frame of ours would not fall into one that is being passed on to the same leg. */
  isBetweenFrames(leg: LegName = 'machine'): boolean {
    return this.#carrier.wire.isBetweenFrames(leg);
  }

  /** Sends one message. The entry is the frame, or the finding that it was too long; `null`: the connection has ended, or passes on part of a frame. */
  send(message: WireMessage): Entry | null {
    if (!this.isBetweenFrames()) return null;
    return this.#carrier.carryOut(this.#core.send('machine', message, this.#now()));
  }

  /** Sends what a person wrote. As `send`, and `tooLong` in bytes where no head can say its length. */
  sendByHand(content: ByHand, to: LegName = 'machine'): Entry | TooLong | null {
    if (!this.isBetweenFrames(to)) return null;
    const sent = this.#core.sendByHand(to, content, this.#now());
    return 'tooLong' in sent ? sent : this.#carrier.carryOut(sent);
  }

  /** What becomes of a frame that is held. */
  release(key: number, as: Release): TooLong | null {
    const released = this.#core.release(key, as, this.#now());
    if ('tooLong' in released) return released;
    this.#carrier.carryOut(released);
    this.#carrier.endTurn();
    return null;
  }

  /** Says something of it that its bytes don't; `null`: it has ended. */
  remark(finding: Finding): Entry | null {
    return this.#carrier.carryOut(this.#core.remark(finding, this.#now()));
  }

  /** The code of its machine was stored or changed: its last login is compared with that one now. */
  compareSign(code: string | null, signPolicy: MachineConfig['signPolicy']): void {
    const { signed } = this.#core;
    if (signed === null || signed.vmcNo !== this.vmcNo) return;
    for (const finding of signFindings({ sign: checkSign(signed, code), signPolicy })) this.remark(finding);
  }

  close(reason: CloseReason, finding?: Finding): void {
    this.#carrier.close(reason, finding);
  }

  /** This computer has slept for so many ms. */
  slept(ms: number): void {
    this.#measureAnew((now) => this.#core.slept(ms, now));
  }

  /** The clock of this computer was set, by so many ms. */
  clockSet(ms: number): void {
    this.#measureAnew((now) => this.#core.clockSet(ms, now));
  }

  #measureAnew(told: (now: number) => readonly Effect[]): void {
    this.#carrier.handIn((now) => void this.#carrier.carryOut(told(now)));
  }
}
