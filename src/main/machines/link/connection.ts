/** One connection as the server sees it: its facts and its operations. */
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

  /** `arrivalBytes` at most, to identify a client that never reports a number. */
  get firstBytes(): Uint8Array {
    return this.#firstBytes;
  }

  get firstAt(): number | null {
    return this.#firstAt;
  }

  #cameFirst(chunk: Uint8Array): void {
    this.#firstAt ??= this.#now();
    const missing = arrivalBytes - this.#firstBytes.length;
    // Copy the bytes: a slice would keep the whole chunk in memory.
    if (missing > 0) this.#firstBytes = Buffer.concat([this.#firstBytes, chunk.subarray(0, missing)]);
  }

  /** Data that arrived before the connection existed. */
  begin(early: Early): void {
    this.#carrier.wire.begin(early);
  }

  /** True if a frame of ours would not split a frame that is being relayed to the same leg. */
  isBetweenFrames(leg: LegName = 'machine'): boolean {
    return this.#carrier.wire.isBetweenFrames(leg);
  }

  /**
   * Sends one message. Returns its frame, or the finding that it was too long;
   * `null`: the connection has ended, or a frame is being relayed.
   */
  send(message: WireMessage): Entry | null {
    if (!this.isBetweenFrames()) return null;
    return this.#carrier.carryOut(this.#core.send('machine', message, this.#now()));
  }

  /** Sends a custom message. Like `send`; `tooLong` in bytes if its length does not fit the head. */
  sendByHand(content: ByHand, to: LegName = 'machine'): Entry | TooLong | null {
    if (!this.isBetweenFrames(to)) return null;
    const sent = this.#core.sendByHand(to, content, this.#now());
    return 'tooLong' in sent ? sent : this.#carrier.carryOut(sent);
  }

  /** Releases or drops a held frame. */
  release(key: number, as: Release): TooLong | null {
    const released = this.#core.release(key, as, this.#now());
    if ('tooLong' in released) return released;
    this.#carrier.carryOut(released);
    this.#carrier.endTurn();
    return null;
  }

  /** Records a finding that its bytes do not show; `null`: the connection has ended. */
  remark(finding: Finding): Entry | null {
    return this.#carrier.carryOut(this.#core.remark(finding, this.#now()));
  }

  /** The machine's code was stored or changed, so its last login is checked again. */
  compareSign(code: string | null, signPolicy: MachineConfig['signPolicy']): void {
    const { signed } = this.#core;
    if (signed === null || signed.vmcNo !== this.vmcNo) return;
    for (const finding of signFindings({ sign: checkSign(signed, code), signPolicy })) this.remark(finding);
  }

  close(reason: CloseReason, finding?: Finding): void {
    this.#carrier.close(reason, finding);
  }

  /** This computer slept for `ms`. */
  slept(ms: number): void {
    this.#measureAgain((now) => this.#core.slept(ms, now));
  }

  /** This computer's clock was set by `ms`. */
  clockSet(ms: number): void {
    this.#measureAgain((now) => this.#core.clockSet(ms, now));
  }

  #measureAgain(change: (now: number) => readonly Effect[]): void {
    this.#carrier.handIn((now) => void this.#carrier.carryOut(change(now)));
  }
}
