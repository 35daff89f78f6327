/** The two sockets of a relayed connection. Each forwards the other's bytes, end, reset and backpressure. */
import type { Socket } from 'node:net';
import type { SocketEnd } from '#shared/model/closeReasons';
import type { LegName } from '../../core/connection/policy';

/** Bytes waiting to be decoded at which reading pauses, if frames are checked before they are forwarded. */
export const mostWaiting = 65_536;

export const across = (leg: LegName): LegName => (leg === 'machine' ? 'server' : 'machine');

interface RelaySocketsDeps {
  readonly received: (leg: LegName, chunk: Buffer) => void;
  /** The other end of this leg sends no more. */
  readonly halfClosed: (leg: LegName) => void;
  /** Both sockets are closed, this leg first. */
  readonly gone: (leg: LegName, how: SocketEnd) => void;
}

export class RelaySockets {
  readonly #sockets: Readonly<Record<LegName, Socket>>;
  readonly #deps: RelaySocketsDeps;
  /** Legs whose other ends send no more, in order, and legs whose end was forwarded. */
  readonly #halfClosed: LegName[] = [];
  readonly #forwarded = new Set<LegName>();
  /**
   * Reasons to pause reading a leg. The other leg does not accept its data, the leg does
   * not accept our answers, or its data waits to be checked.
   */
  readonly #untaken = new Set<LegName>();
  readonly #takesNoAnswer = new Set<LegName>();
  readonly #waiting = new Set<LegName>();
  #left = 2;

  constructor(machine: Socket, server: Socket, deps: RelaySocketsDeps) {
    this.#sockets = { machine, server };
    this.#deps = deps;
    for (const leg of ['machine', 'server'] as const) this.#listen(leg);
  }

  #listen(leg: LegName): void {
    const socket = this.#sockets[leg];
    socket.on('data', (chunk: Buffer) => this.#deps.received(leg, chunk));
    socket.on('drain', () => {
      this.#taken(across(leg));
      if (this.#takesNoAnswer.delete(leg)) this.goOn(leg);
    });
    socket.on('end', () => this.ended(leg));
    let isReset = false;
    socket.on('error', () => (isReset = true));
    socket.on('close', () => {
      this.#left -= 1;
      if (isReset) {
        this.#sockets[across(leg)].resetAndDestroy();
        this.#deps.gone(leg, 'reset');
      } else if (this.#left === 0) this.#deps.gone(this.#halfClosed[0] ?? leg, 'end');
      // It was destroyed without an orderly end, so the other leg has nothing more to do.
      else if (!this.#halfClosed.includes(leg)) this.#sockets[across(leg)].destroySoon();
    });
  }

  /** The other end of this leg sends no more. */
  ended(leg: LegName): void {
    this.#halfClosed.push(leg);
    this.#deps.halfClosed(leg);
  }

  /** Nothing more can be written to this leg. */
  isShut(leg: LegName): boolean {
    const { destroyed, writable } = this.#sockets[leg];
    return destroyed || !writable;
  }

  /**
   * Writes to a leg. Unaccepted data pauses the other leg. `isOurs`: also pauses
   * this leg, because the data may answer its own messages.
   */
  write(by: LegName, bytes: Uint8Array, isOurs = false): boolean {
    const socket = this.#sockets[by];
    if (this.isShut(by)) return false;
    if (socket.write(bytes)) return true;
    this.#untaken.add(across(by));
    this.#sockets[across(by)].pause();
    if (!isOurs) return true;
    this.#takesNoAnswer.add(by);
    socket.pause();
    return true;
  }

  /** Sets the bytes of this leg that wait to be checked. */
  waits(leg: LegName, bytes: number): void {
    if (bytes > mostWaiting) {
      this.#waiting.add(leg);
      this.#sockets[leg].pause();
    } else if (this.#waiting.delete(leg)) this.goOn(leg);
  }

  /** All data of this leg has been forwarded, so its end is forwarded too. */
  passEnd(leg: LegName): void {
    if (!this.#halfClosed.includes(leg) || this.#forwarded.has(leg)) return;
    this.#forwarded.add(leg);
    this.#sockets[across(leg)].end();
  }

  get isEnding(): boolean {
    return this.#halfClosed.length > this.#forwarded.size;
  }

  /** Neither end sends any more. */
  get isOver(): boolean {
    return this.#halfClosed.length === 2;
  }

  /** Closes both sockets. */
  end(inOrder: boolean): void {
    for (const socket of Object.values(this.#sockets)) {
      if (inOrder) socket.destroySoon();
      else socket.destroy();
    }
  }

  destroy(): void {
    for (const socket of Object.values(this.#sockets)) socket.destroy();
  }

  /** Resumes reading unless some of its data waits. */
  goOn(leg: LegName): void {
    if (this.#untaken.has(leg) || this.#waiting.has(leg) || this.#takesNoAnswer.has(leg)) return;
    this.#sockets[leg].resume();
  }

  #taken(leg: LegName): void {
    if (this.#untaken.delete(leg)) this.goOn(leg);
  }
}
