/**
 * The connection of a machine that is relayed to its server: two sockets. Data is forwarded at once, unless it
 * must be checked first, and decoded when there is time.
 */
import type { Socket } from 'node:net';
import type { LegName } from '../../core/connection/policy';
import type { RelayedCore } from '../../core/connection/relayedCore';
import type { Release } from '../../core/connection/relayedFrame';
import type { TooLong } from '../../core/connection/written';
import { Connection, type ConnectionDeps, type Gone } from '../link/connection';
import { stepsPerTurn } from '../link/turns';
import type { Early } from './relayGate';
import { across, mostWaiting, RelaySockets } from './relaySockets';

const legs = ['machine', 'server'] as const;

export class RelayedConnection extends Connection<RelayedCore> {
  readonly #sockets: RelaySockets;
  /** Bytes per leg that were forwarded without a record since the record last had room. */
  readonly #unrecorded = new Map<LegName, number>();
  #isGone = false;
  /** Number of delayed items at the last report. */
  #delayed = 0;

  constructor(machine: Socket, server: Socket, core: RelayedCore, deps: ConnectionDeps) {
    super(machine, core, deps);
    this.#sockets = new RelaySockets(machine, server, {
      received: (leg, chunk) => this.#received(leg, chunk),
      halfClosed: (leg) => this.handIn((now) => this.#onHalfClosed(leg, now)),
      gone: (leg, how) => {
        this.#isGone = true;
        for (const one of legs) core.shut(one);
        this.gone(leg, how);
      },
    });
    this.opened();
  }

  get isRelayed(): boolean {
    return true;
  }

  begin({ bytes, hasEnded }: Early): void {
    if (bytes.length > 0) this.#received('machine', bytes);
    if (hasEnded) this.#sockets.ended('machine');
    // It was paused while its server was dialled.
    else this.#sockets.goOn('machine');
  }

  #received(leg: LegName, chunk: Uint8Array): void {
    const { core } = this;
    const { now, turns, undecoded } = this.deps;
    if (leg === 'machine') this.cameFirst(chunk);
    const isPassed = core.passesAtOnce(leg) && this.#sockets.write(across(leg), chunk);
    const unrecorded = this.#unrecorded.get(leg);
    const isMissed = !undecoded.hasRoom(this) || (unrecorded !== undefined && core.hasBacklog);
    if (isPassed && isMissed) {
      this.#unrecorded.set(leg, (unrecorded ?? 0) + chunk.length);
      turns.waitLonger(this);
      return;
    }
    this.#endGap(leg);
    if (!isPassed) return this.handIn((at) => core.received(leg, chunk, at));
    core.received(leg, chunk, now(), true);
    undecoded.waits(this, core.backlogSize);
    // Only a decoded number shows a loop, whose connections would multiply until then.
    if (core.vmcNo === null) turns.wait(this);
    else turns.waitLonger(this);
  }

  #onHalfClosed(leg: LegName, now: number): void {
    this.#endGaps();
    const code = leg === 'machine' ? 'relay.machineEnds' : 'relay.serverEnds';
    // In the record this comes after the data forwarded earlier.
    this.core.remarkAfter(leg, { code }, now);
    // If frames are checked, a partial frame can never become complete.
    if (!this.core.isFullyForwarded(leg)) this.core.interrupted(leg);
  }

  /** Decodes forwarded data first, so that a frame of ours gets the next number. */
  isBetweenFrames(leg: LegName = 'machine'): boolean {
    const { core } = this;
    // Unrecorded data may end anywhere in a frame, and decoding much at once would delay others.
    if (this.#unrecorded.has(across(leg)) || core.undecoded(across(leg)) > mostWaiting) return false;
    const now = this.deps.now();
    core.catchUp();
    for (let todo = core.next(now); todo !== null; todo = core.next(now)) this.carryOut(todo);
    return !core.isWithinFrame(leg);
  }

  release(key: number, as: Release): TooLong | null {
    const released = this.core.release(key, as, this.deps.now());
    if ('tooLong' in released) return released;
    this.carryOut(released);
    this.endTurn();
    return null;
  }

  keepDelays(isKept: (rule: number) => boolean): void {
    if (this.core.delayed > 0) this.handIn(() => this.core.keepDelays(isKept));
  }

  protected override endAs(gone: Gone): void {
    const { leg, how } = gone;
    if (how === 'reset') {
      const code = leg === 'machine' ? 'relay.machineCuts' : 'relay.serverCuts';
      this.carryOut(this.core.remark({ code }, this.deps.now()));
    }
    super.endAs(gone);
  }

  protected write(leg: LegName, bytes: Uint8Array, isOurs: boolean): number | null {
    // In `RelaySockets`, data that one end does not accept pauses the other end.
    return this.#sockets.write(leg, bytes, isOurs) ? 0 : null;
  }

  protected hold(): void {
    // Nothing of ours waits here; see `write`.
  }

  protected beginTurn(): number {
    this.#updateShut();
    // Forwarding has priority over a record that cannot keep up.
    return this.#unrecorded.size > 0 ? 1 : stepsPerTurn;
  }

  #updateShut(): void {
    for (const leg of legs) if (this.#sockets.isShut(leg)) this.core.shut(leg);
  }

  protected readOn(): void {
    const { core } = this;
    const { turns, undecoded } = this.deps;
    if (!core.hasBacklog && undecoded.hasRoom(this)) this.#endGaps();
    undecoded.waits(this, core.backlogSize);
    if (core.hasBacklog || core.hasDue(this.deps.now())) turns.wait(this);
    this.#reportDelays();
    if (this.#isGone) return;
    for (const leg of legs) {
      const waiting = core.undecoded(leg) + core.delayedSize(leg);
      this.#sockets.waits(leg, core.passesAtOnce(leg) ? 0 : waiting);
      if (this.#sockets.isEnding && core.isFullyForwarded(leg, this.#sockets.isOver))
        this.#sockets.passEnd(leg);
    }
  }

  #reportDelays(): void {
    const { delayed } = this.core;
    if (delayed === this.#delayed) return;
    this.#delayed = delayed;
    this.deps.delays(this, this.core.delayedBy);
  }

  protected endReading(): void {
    this.#updateShut();
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
    this.core.missed(leg, bytes, this.deps.now());
  }

  protected closeSockets(inOrder: boolean): void {
    this.#sockets.end(inOrder);
  }

  protected destroySockets(): void {
    this.#sockets.destroy();
  }
}
