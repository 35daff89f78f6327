/** The socket of one connection: carries what comes to the connection's core, and carries out what the core says. */
import type { Socket } from 'node:net';
import type { Finding } from '#shared/findings';
import type { CloseReason, SocketEnd } from '#shared/model/closeReasons';
import type { Entry, NewEntry, Peer } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { ByHand } from '../session/connection/byHand';
import type { Claim, ClaimOutcome } from '../session/connection/claims';
import type { ConnectionCore, Effect } from '../session/connection/core';
import type { Alarms, Sleeper } from './alarms';

/** ms in which a closed connection may still take what was written. */
const lingerLimit = 3_000;
/** A read of this size means that more is waiting: the others get their turn first. */
const fullRead = 65_536;

export interface ConnectionDeps {
  readonly now: () => number;
  readonly record: (entry: NewEntry) => Entry;
  readonly claim: (claim: Claim) => ClaimOutcome;
  readonly ended: (connection: Connection) => void;
  readonly alarms: Alarms;
}

export class Connection implements Sleeper {
  readonly #socket: Socket;
  readonly #core: ConnectionCore;
  readonly #deps: ConnectionDeps;
  /** Not to be read from until the core says so. */
  #isPaused = false;
  alarmSlot: number | null = null;

  constructor(socket: Socket, core: ConnectionCore, deps: ConnectionDeps) {
    this.#socket = socket;
    this.#core = core;
    this.#deps = deps;
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('drain', () => this.#carryOut(core.drained('machine'), deps.now()));
    socket.on('end', () => this.#onGone('end'));
    socket.on('error', () => this.#onGone('reset'));
    socket.on('close', () => this.#onGone('end'));
    const now = deps.now();
    this.#carryOut(core.opened(now), now);
  }

  get conn(): number {
    return this.#core.conn;
  }

  get peer(): Peer {
    return this.#core.peer;
  }

  get vmcNo(): number | null {
    return this.#core.vmcNo;
  }

  /** Bytes that arrived so far. */
  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  /** Sends one message. The entry is the frame, or the finding that it was too long; `null`: the connection has ended. */
  send(message: WireMessage): Entry | null {
    const now = this.#deps.now();
    return this.#carryOut(this.#core.send(message, now), now);
  }

  /** Sends what a person wrote. As `send`, and `tooLong` in bytes where no head can say its length. */
  sendByHand(content: ByHand): Entry | { readonly tooLong: number } | null {
    const now = this.#deps.now();
    const sent = this.#core.sendByHand(content, now);
    return 'tooLong' in sent ? sent : this.#carryOut(sent, now);
  }

  close(reason: CloseReason, finding?: Finding): void {
    const now = this.#deps.now();
    this.#carryOut(this.#core.close(reason, now, finding), now);
  }

  wake(): void {
    this.#handIn((now) => this.#core.tick(now));
  }

  #onData(chunk: Buffer): void {
    this.#handIn((now) => this.#core.received('machine', chunk, now));
    if (chunk.length >= fullRead) this.#yieldTurn();
  }

  #onGone(how: SocketEnd): void {
    const now = this.#deps.now();
    this.#carryOut(this.#core.closed('machine', how, now), now);
  }

  /** A bug of ours costs this connection, not the app: the others go on, and it is told. */
  #handIn(what: (now: number) => void): void {
    const now = this.#deps.now();
    try {
      what(now);
      for (let todo = this.#core.next(now); todo !== null; todo = this.#core.next(now)) {
        this.#carryOut(todo, now);
      }
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const stack = error instanceof Error ? error.stack : detail;
      process.stderr.write(`crema: connection ${this.conn} is given up: ${stack}\n`);
      this.close('internal', { code: 'link.internal', params: { detail: detail.slice(0, 200) } });
    }
  }

  /** Gives the last entry that was recorded. */
  #carryOut(effects: readonly Effect[], now: number): Entry | null {
    let recorded: Entry | null = null;
    for (const effect of effects) {
      switch (effect.type) {
        case 'record':
          recorded = this.#deps.record(effect.entry);
          break;
        case 'send': {
          if (this.#socket.destroyed || !this.#socket.writable) break;
          const isTaken = this.#socket.write(effect.bytes);
          recorded = this.#deps.record(effect.entry);
          if (!isTaken)
            this.#carryOut(this.#core.notDrained(effect.leg, this.#socket.writableLength, now), now);
          break;
        }
        case 'claim':
          this.#carryOut(this.#core.claimed(this.#deps.claim(effect), now), now);
          break;
        case 'pause':
          this.#isPaused = true;
          this.#socket.pause();
          break;
        case 'resume':
          this.#isPaused = false;
          this.#socket.resume();
          break;
        case 'wake':
          this.#deps.alarms.set(this, effect.at);
          break;
        case 'close':
          this.#letGo(effect.inOrder);
          break;
      }
    }
    return recorded;
  }

  /** What was written before still goes out where it ends in order, but nobody is waited for long. */
  #letGo(inOrder: boolean): void {
    this.#deps.alarms.clear(this);
    this.#deps.ended(this);
    if (!inOrder) return void this.#socket.destroy();
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), lingerLimit).unref();
  }

  #yieldTurn(): void {
    if (this.#isPaused) return;
    this.#socket.pause();
    setImmediate(() => {
      if (!this.#isPaused && !this.#core.ended) this.#socket.resume();
    });
  }
}
