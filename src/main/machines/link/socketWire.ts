/** The socket of a connection that is served here. */
import type { Socket } from 'node:net';
import type { SocketEnd } from '#shared/model/closeReasons';
import type { ConnectionCore } from '../../core/connection/core';
import type { LegName } from '../../core/connection/policy';
import type { Early } from '../relay/relayGate';
import { stepsPerTurn, type Carried, type Shares, type Wire, type Wiring } from './wire';

export class SocketWire implements Wire {
  readonly isRelayed = false;
  readonly #socket: Socket;
  readonly #core: ConnectionCore;
  readonly #carried: Carried;
  readonly #cameFirst: Wiring['cameFirst'];
  readonly #shares: Shares;
  /** Reading is paused until the core resumes it. */
  #isHeld = false;

  constructor(socket: Socket, carried: Carried, wiring: Wiring) {
    const { core, shares, cameFirst } = wiring;
    this.#socket = socket;
    this.#core = core;
    this.#carried = carried;
    this.#cameFirst = cameFirst;
    this.#shares = shares;
    const gone = (how: SocketEnd) => (): void => carried.gone('machine', how);
    socket.on('data', (chunk: Buffer) => this.#received(chunk));
    socket.on('drain', () => this.#drained());
    socket.on('end', gone('end')).on('error', gone('reset')).on('close', gone('end'));
  }

  begin({ bytes, hasEnded }: Early): void {
    if (bytes.length > 0) this.#received(bytes);
    if (hasEnded) this.#carried.gone('machine', 'end');
    // It was paused while its server was dialled.
    else if (!this.#isHeld) this.#socket.resume();
  }

  #received(chunk: Uint8Array): void {
    this.#cameFirst(chunk);
    this.#carried.handIn((now) => this.#core.received('machine', chunk, now));
  }

  #drained(): void {
    this.#shares.unsent.taken(this.#carried);
    this.#carried.handIn(() => this.#carried.carryOut(this.#core.drained('machine')));
  }

  write(_leg: LegName, bytes: Uint8Array): number | null {
    const socket = this.#socket;
    if (socket.destroyed || !socket.writable) return null;
    return socket.write(bytes) ? 0 : socket.writableLength;
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (isHeld) this.#socket.pause();
    else this.#socket.resume();
  }

  isBetweenFrames(): boolean {
    return true;
  }

  beginTurn(): number {
    return stepsPerTurn;
  }

  /** Other connections get their turn before more of this one is processed, and reading pauses meanwhile. */
  endTurn(): void {
    if (this.#core.hasBacklog) {
      this.#socket.pause();
      this.#shares.turns.wait(this.#carried);
    } else if (!this.#isHeld && this.#socket.isPaused()) this.#socket.resume();
  }

  endReading(): void {
    // All received data was passed to the core.
  }

  end(inOrder: boolean): void {
    if (inOrder) this.#socket.destroySoon();
    else this.#socket.destroy();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
