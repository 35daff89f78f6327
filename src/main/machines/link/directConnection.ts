/** The connection of a machine that is served here: one socket. */
import type { Socket } from 'node:net';
import type { ConnectionCore } from '../../core/connection/core';
import type { LegName } from '../../core/connection/policy';
import type { Early } from '../relay/relayGate';
import { Connection, type ConnectionDeps } from './connection';
import { stepsPerTurn } from './turns';

export class DirectConnection extends Connection {
  /** Reading is paused until the core resumes it. */
  #isHeld = false;

  constructor(socket: Socket, core: ConnectionCore, deps: ConnectionDeps) {
    super(socket, core, deps);
    const ended = (): void => this.gone('machine', 'end');
    socket.on('data', this.received);
    socket.on('drain', () => this.#drained());
    socket.on('error', () => this.gone('machine', 'reset'));
    socket.on('end', ended).on('close', ended);
    this.opened();
  }

  get isRelayed(): boolean {
    return false;
  }

  begin({ bytes, hasEnded }: Early): void {
    if (bytes.length > 0) this.received(bytes);
    if (hasEnded) this.gone('machine', 'end');
    // It was paused while its server was dialled.
    else if (!this.#isHeld) this.socket.resume();
  }

  #drained(): void {
    this.deps.unsent.taken(this);
    this.handIn(() => void this.carryOut(this.core.drained('machine')));
  }

  isBetweenFrames(): boolean {
    return true;
  }

  /** Only a relayed connection holds frames. */
  release(): null {
    return null;
  }

  keepDelays(): void {
    // Only a relayed connection delays frames.
  }

  protected write(_leg: LegName, bytes: Uint8Array): number | null {
    const { socket } = this;
    if (socket.destroyed || !socket.writable) return null;
    return socket.write(bytes) ? 0 : socket.writableLength;
  }

  protected hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (isHeld) this.socket.pause();
    else this.socket.resume();
  }

  protected beginTurn(): number {
    return stepsPerTurn;
  }

  /** Other connections get their turn before more of this one is processed, and reading pauses meanwhile. */
  protected readOn(): void {
    if (this.core.hasBacklog) {
      this.socket.pause();
      this.deps.turns.wait(this);
    } else if (!this.#isHeld && this.socket.isPaused()) this.socket.resume();
  }

  protected endReading(): void {
    // All received data was passed to the core.
  }

  protected closeSockets(inOrder: boolean): void {
    if (inOrder) this.socket.destroySoon();
    else this.socket.destroy();
  }

  protected destroySockets(): void {
    this.socket.destroy();
  }
}
