/** The two sockets of a relayed connection: what comes is passed on at once wherever nobody has to look at it first, and decoded when there is time. */
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
  /** Bytes that were passed on and not recorded, of each leg, since the record had room last. */
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
    // It was paused while its server was called.
    else this.#sockets.goOn('machine');
  }

  #received(leg: LegName, chunk: Uint8Array): void {
    const core = this.#core;
    const { now, turns, undecoded } = this.#shares;
    if (leg === 'machine') this.#cameFirst(chunk);
    const isPassed = core.passesAtOnce(leg) && this.#sockets.write(across(leg), chunk);
    const unrecorded = this.#unrecorded.get(leg);
    const isMissed = !undecoded.hasRoom(this.#carried) || (unrecorded !== undefined && core.isBehind);
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
    // In the record it comes after what was passed on before.
    this.#core.remarkAfter(leg, { code }, now);
    // Part of a frame, where frames are looked at, becomes no whole one any more.
    if (!this.#core.isThrough(leg)) this.#core.interrupted(leg);
  }

  write(leg: LegName, bytes: Uint8Array, isOurs: boolean): number | null {
    // What one end does not take keeps the other from being read, there.
    return this.#sockets.write(leg, bytes, isOurs) ? 0 : null;
  }

  hold(): void {
    // Nothing of ours waits here: see `write`.
  }

  /** What was passed on and is not decoded yet is, so that a frame of ours gets the number that is next. */
  isBetweenFrames(leg: LegName): boolean {
    const core = this.#core;
    // What is passed on unrecorded may end anywhere, and others would wait while much is decoded at once.
    if (this.#unrecorded.has(across(leg)) || core.undecoded(across(leg)) > mostWaiting) return false;
    const now = this.#shares.now();
    core.catchUp();
    for (let todo = core.next(now); todo !== null; todo = core.next(now)) this.#carried.carryOut(todo);
    return !core.isWithinFrame(leg);
  }

  beginTurn(): number {
    for (const leg of legs) if (this.#sockets.isShut(leg)) this.#core.shut(leg);
    // Passing on goes before the record where it can't keep up.
    return this.#unrecorded.size > 0 ? 1 : stepsPerTurn;
  }

  endTurn(): void {
    const core = this.#core;
    const { turns, undecoded } = this.#shares;
    if (!core.isBehind && undecoded.hasRoom(this.#carried)) this.#endGaps();
    undecoded.waits(this.#carried, core.backlogSize);
    if (core.isBehind) turns.wait(this.#carried);
    if (this.#isGone) return;
    for (const leg of legs) {
      this.#sockets.waits(leg, core.passesAtOnce(leg) ? 0 : core.undecoded(leg));
      if (this.#sockets.isEnding && core.isThrough(leg, this.#sockets.isOver)) this.#sockets.passEnd(leg);
    }
  }

  endReading(): void {
    this.#endGaps();
  }

  /** What comes next is recorded again, or nothing comes any more. */
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
