/** Connects a connection's sockets to its core: passes input in turns with other connections, and carries out the effects. */
import type { Finding } from '#shared/findings';
import type { CloseReason, SocketEnd } from '#shared/model/closeReasons';
import type { Entry } from '#shared/model/frame';
import type { ConnectionCore } from '../../core/connection/core';
import type { Effect } from '../../core/connection/effects';
import type { LegName } from '../../core/connection/policy';
import type { Carried, ConnectionDeps, Wire, Wired } from './wire';

/** ms in which a closed connection may still send written data. */
const lingerLimit = 3_000;

/** `C`: the connection. */
export class Carrier<C> implements Carried {
  readonly #connection: C;
  readonly #core: ConnectionCore;
  readonly #deps: ConnectionDeps<C>;
  readonly wire: Wire;
  /** The socket that ended first, while earlier data was still unprocessed. */
  #gone: { readonly leg: LegName; readonly how: SocketEnd } | null = null;
  alarmSlot: number | null = null;

  constructor(connection: C, core: ConnectionCore, deps: ConnectionDeps<C>, wired: Wired) {
    this.#connection = connection;
    this.#core = core;
    this.#deps = deps;
    this.wire = wired(this);
  }

  /** A bug costs this connection, not the app. The error is reported and the other connections continue. */
  handIn(what: (now: number) => void): void {
    const now = this.#deps.now();
    try {
      what(now);
      for (let steps = this.wire.beginTurn(); steps > 0; steps -= 1) {
        const todo = this.#core.next(now);
        if (todo === null) break;
        this.carryOut(todo);
      }
      this.endTurn();
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' };
      this.#deps.problem(`connection ${this.#core.conn} is given up: ${stack || message}`);
      this.close('internal', { code: 'link.internal', params: { detail: message.slice(0, 200) } });
    }
  }

  takeTurn(): void {
    this.handIn(() => undefined);
  }

  endTurn(): void {
    if (this.#core.ended) return;
    this.wire.endTurn();
    if (this.#gone !== null && !this.#core.hasBacklog) this.#endAs(this.#gone);
  }

  wake(): void {
    this.handIn((now) => this.#core.tick(now));
  }

  gone(leg: LegName, how: SocketEnd): void {
    if (this.#core.ended) return;
    this.wire.endReading();
    this.#gone ??= { leg, how };
    if (this.#core.hasBacklog) this.#deps.turns.wait(this);
    else this.#endAs(this.#gone);
  }

  #endAs({ leg, how }: { readonly leg: LegName; readonly how: SocketEnd }): void {
    const now = this.#deps.now();
    if (this.wire.isRelayed && how === 'reset') {
      const code = leg === 'machine' ? 'relay.machineCuts' : 'relay.serverCuts';
      this.carryOut(this.#core.remark({ code }, now));
    }
    this.carryOut(this.#core.closed(leg, how, now));
  }

  close(reason: CloseReason, finding?: Finding): void {
    this.wire.endReading();
    this.carryOut(this.#core.close(reason, this.#deps.now(), finding));
  }

  /** Too much unsent data: the other end does not read. */
  giveUp(bytes: number): void {
    this.close('notReading', { code: 'link.notReading', params: { bytes } });
  }

  /** Returns the last recorded entry. An answer is sent after the message it answers is recorded, and before that message is folded. */
  carryOut(effects: readonly Effect[]): Entry | null {
    let recorded: Entry | null = null;
    for (const effect of effects) {
      if (effect.type !== 'record' && effect.type !== 'send') this.#deps.fold();
      switch (effect.type) {
        case 'record':
          recorded = this.#deps.keep(effect.entry);
          break;
        case 'send':
          recorded = this.#send(effect) ?? recorded;
          break;
        case 'claim':
          this.carryOut(this.#core.claimed(this.#deps.claim(effect), this.#deps.now()));
          break;
        case 'remark':
          this.#deps.remark(effect.conn, effect.finding);
          break;
        case 'hold':
          this.#deps.held(this.#connection, effect.held);
          break;
        case 'pause':
        case 'resume':
          this.wire.hold(effect.type === 'pause');
          break;
        case 'wake':
          this.#deps.alarms.set(this, effect.at);
          break;
        case 'close':
          this.#letGo(effect.inOrder);
          break;
      }
    }
    this.#deps.fold();
    return recorded;
  }

  /** Data that cannot be written is not recorded. */
  #send({ leg, bytes, entry }: Extract<Effect, { type: 'send' }>): Entry | null {
    const { keep, now, unsent } = this.#deps;
    const waiting = this.wire.write(leg, bytes, entry !== null);
    if (waiting === null) return null;
    const recorded = entry === null ? null : keep(entry);
    if (waiting === 0) return recorded;
    this.carryOut(this.#core.notDrained(leg, waiting, now()));
    unsent.waits(this, waiting);
    return recorded;
  }

  /** After an orderly end, written data is still sent, but only for a short time. */
  #letGo(inOrder: boolean): void {
    const { alarms, turns, unsent, undecoded, ended } = this.#deps;
    alarms.clear(this);
    turns.leave(this);
    unsent.taken(this);
    undecoded.waits(this, 0);
    ended(this.#connection);
    this.wire.end(inOrder);
    if (inOrder) setTimeout(() => this.wire.destroy(), lingerLimit).unref();
  }
}
