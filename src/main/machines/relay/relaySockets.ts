/** The two sockets of a relayed connection: bytes of one leave by the other, and so do its end, its reset and its patience. */
import type { Socket } from 'node:net';
import type { SocketEnd } from '#shared/model/closeReasons';
import type { LegName } from '../../core/connection/policy';

/** Where frames are looked at before they go on: bytes that wait to be decoded before no more is read. */
export const mostWaiting = 65_536;

export const across = (leg: LegName): LegName => (leg === 'machine' ? 'server' : 'machine');

interface RelaySocketsDeps {
  readonly received: (leg: LegName, chunk: Buffer) => void;
  /** Its other end sends no more. */
  readonly halfClosed: (leg: LegName) => void;
  /** Everything has ended, first this leg. */
  readonly gone: (leg: LegName, how: SocketEnd) => void;
}

export class RelaySockets {
  readonly #sockets: Readonly<Record<LegName, Socket>>;
  readonly #deps: RelaySocketsDeps;
  /** Legs whose other ends send no more, in the order in which they said so, and those of which the other leg was told. */
  readonly #halfClosed: LegName[] = [];
  readonly #told = new Set<LegName>();
  /** Not read from: what it gave is not taken across, it does not take what it is answered, or what it gave waits to be looked at. */
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
      // Without an end of its own it was destroyed: nothing more can come of the other.
      else if (!this.#halfClosed.includes(leg)) this.#sockets[across(leg)].destroySoon();
    });
  }

  /** The other end of this leg sends no more. */
  ended(leg: LegName): void {
    this.#halfClosed.push(leg);
    this.#deps.halfClosed(leg);
  }

  /** Nothing more goes out by this leg. */
  isShut(leg: LegName): boolean {
    const { destroyed, writable } = this.#sockets[leg];
    return destroyed || !writable;
  }

  /** Out by this leg. What it does not take keeps the other from being read; `isOurs`: and itself, as it may be an answer to what it sends. */
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

  /** So many bytes of it wait to be looked at before they go on. */
  waits(leg: LegName, bytes: number): void {
    if (bytes > mostWaiting) {
      this.#waiting.add(leg);
      this.#sockets[leg].pause();
    } else if (this.#waiting.delete(leg)) this.goOn(leg);
  }

  /** What came on it has all been passed on: so is its end, if it has ended. */
  passEnd(leg: LegName): void {
    if (!this.#halfClosed.includes(leg) || this.#told.has(leg)) return;
    this.#told.add(leg);
    this.#sockets[across(leg)].end();
  }

  get isEnding(): boolean {
    return this.#halfClosed.length > this.#told.size;
  }

  /** Neither end sends anything more. */
  get isOver(): boolean {
    return this.#halfClosed.length === 2;
  }

  /** Both ends are let go. */
  end(inOrder: boolean): void {
    for (const socket of Object.values(this.#sockets)) {
      if (inOrder) socket.destroySoon();
      else socket.destroy();
    }
  }

  destroy(): void {
    for (const socket of Object.values(this.#sockets)) socket.destroy();
  }

  /** It is read on, unless something of it waits. */
  goOn(leg: LegName): void {
    if (this.#untaken.has(leg) || this.#waiting.has(leg) || this.#takesNoAnswer.has(leg)) return;
    this.#sockets[leg].resume();
  }

  #taken(leg: LegName): void {
    if (this.#untaken.delete(leg)) this.goOn(leg);
  }
}
