/**
 * The two sockets of a relayed connection. Data is forwarded at once, unless it
 * must be checked first, and decoded when there is time.
 */
import type { Socket } from 'node:net';
import type { ConnectionCore } from '../../core/connection/core';
import type { LegName } from '../../core/connection/policy';
import type { Early } from './relayGate';
import { across, mostWaiting, RelaySockets } from './relaySockets';
import { stepsPerTurn, type Carried, type Shares, type Wire, type Wiring } from '../link/wire';

const legs = ['machine', 'server'] as const;

export class RelayWire implements Wire {
  readonly isRelayed = true;
  readonly #sockets: RelaySockets;
  readonly #core: ConnectionCore;
  readonly #carried: Carried;
  readonly #cameFirst: Wiring['cameFirst'];
  readonly #shares: Shares;
  /** Bytes per leg that were forwarded without a record since the record last had room. */
  readonly #unrecorded = new Map<LegName, number>();
  #isGone = false;

  constructor(machine: Socket, server: Socket, carried: Carried, wiring: Wiring) {
    const { core, shares, cameFirst } = wiring;
    this.#core = core;
    this.#carried = carried;
    this.#cameFirst = cameFirst;
    this.#shares = shares;
    this.#sockets = new RelaySockets(machine, server, {
      received: (leg, chunk) => this.#received(leg, chunk),
      halfClosed: (leg) => carried.handIn((now) => this.#onHalfClosed(leg, now)),
      gone: (leg, how) => {
        this.#isGone = true;
        for (const one of legs) core.shut(one);
        carried.gone(leg, how);
      },
    });
  }

  begin({ bytes, hasEnded }: Early): void {
    if (bytes.length > 0) this.#received('machine', bytes);
    if (hasEnded) this.#sockets.ended('machine');
    // It was paused while its server was dialled.
    else this.#sockets.goOn('machine');
  }

  #received(leg: LegName, chunk: Uint8Array): void {
    const core = this.#core;
    const { now, turns, undecoded } = this.#shares;
    if (leg === 'machine') this.#cameFirst(chunk);
    const isPassed = core.passesAtOnce(leg) && this.#sockets.write(across(leg), chunk);
    const unrecorded = this.#unrecorded.get(leg);
    const isMissed = !undecoded.hasRoom(this.#carried) || (unrecorded !== undefined && core.hasBacklog);
    if (isPassed && isMissed) {
      this.#unrecorded.set(leg, (unrecorded ?? 0) + chunk.length);
      turns.waitLonger(this.#carried);
      return;
    }
    this.#endGap(leg);
    if (!isPassed) return this.#carried.handIn((at) => core.received(leg, chunk, at));
    core.received(leg, chunk, now(), true);
    undecoded.waits(this.#carried, core.backlogSize);
    turns.waitLonger(this.#carried);
  }

  #onHalfClosed(leg: LegName, now: number): void {
    this.#endGaps();
    const code = leg === 'machine' ? 'relay.machineEnds' : 'relay.serverEnds';
    // In the record this comes after the data forwarded earlier.
    this.#core.remarkAfter(leg, { code }, now);
    // If frames are checked, a partial frame can never become complete.
    if (!this.#core.isFullyForwarded(leg)) this.#core.interrupted(leg);
  }

  write(leg: LegName, bytes: Uint8Array, isOurs: boolean): number | null {
    // In `RelaySockets`, data that one end does not accept pauses the other end.
    return this.#sockets.write(leg, bytes, isOurs) ? 0 : null;
  }

  hold(): void {
    // Nothing of ours waits here; see `write`.
  }

  /** Decodes forwarded data first, so that a frame of ours gets the next number. */
  isBetweenFrames(leg: LegName): boolean {
    const core = this.#core;
    // Unrecorded data may end anywhere in a frame, and decoding much at once would delay others.
    if (this.#unrecorded.has(across(leg)) || core.undecoded(across(leg)) > mostWaiting) return false;
    const now = this.#shares.now();
    core.catchUp();
    for (let todo = core.next(now); todo !== null; todo = core.next(now)) this.#carried.carryOut(todo);
    return !core.isWithinFrame(leg);
  }

  beginTurn(): number {
    for (const leg of legs) if (this.#sockets.isShut(leg)) this.#core.shut(leg);
    // Forwarding has priority over a record that cannot keep up.
    return this.#unrecorded.size > 0 ? 1 : stepsPerTurn;
  }

  endTurn(): void {
    const core = this.#core;
    const { turns, undecoded } = this.#shares;
    if (!core.hasBacklog && undecoded.hasRoom(this.#carried)) this.#endGaps();
    undecoded.waits(this.#carried, core.backlogSize);
    if (core.hasBacklog) turns.wait(this.#carried);
    if (this.#isGone) return;
    for (const leg of legs) {
      this.#sockets.waits(leg, core.passesAtOnce(leg) ? 0 : core.undecoded(leg));
      if (this.#sockets.isEnding && core.isFullyForwarded(leg, this.#sockets.isOver))
        this.#sockets.passEnd(leg);
    }
  }

  endReading(): void {
    this.#endGaps();
  }

  /** Recording resumes, or no more data arrives. */
  #endGaps(): void {
    for (const leg of legs) this.#endGap(leg);
  }

  #endGap(leg: LegName): void {
    const bytes = this.#unrecorded.get(leg);
    if (bytes === undefined) return;
    this.#unrecorded.delete(leg);
    this.#core.missed(leg, bytes, this.#shares.now());
  }

  end(inOrder: boolean): void {
    this.#sockets.end(inOrder);
  }

  destroy(): void {
    this.#sockets.destroy();
  }
}
