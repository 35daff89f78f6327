/**
 * A connection with two legs, without sockets: the effects that its core requests, a line each.
 * A test that calls `told` must assert every effect: an unread effect at its end fails the test.
 */
import { expect, onTestFinished } from 'vitest';
import type { SocketEnd } from '#shared/model/closeReasons';
import type { NewEntry } from '#shared/model/frame';
import { ConnectionCore } from '../../src/main/core/connection/core';
import type { Effect } from '../../src/main/core/connection/effects';
import { observe } from '../../src/main/core/connection/observe';
import type { LegName, Policy } from '../../src/main/core/connection/policy';
import { RelayedCore } from '../../src/main/core/connection/relayedCore';

const peer = { remoteAddress: '192.0.2.7', remotePort: 1, localAddress: '192.0.2.1', localPort: 2 };

class Driven<Core extends ConnectionCore> {
  now: number;
  readonly core: Core;
  readonly effects: Effect[] = [];
  #told = 0;
  #isWatched = false;
  #wakeAt = Infinity;

  constructor(core: Core, now: number) {
    this.now = now;
    this.core = core;
    this.take(core.opened(now));
    this.#told = this.effects.length;
  }

  get entries(): NewEntry[] {
    return this.effects.flatMap((effect) =>
      (effect.type === 'record' || effect.type === 'send') && effect.entry !== null ? [effect.entry] : [],
    );
  }

  receives(leg: LegName, bytes: Uint8Array): this {
    this.core.received(leg, bytes, this.now);
    return this.carryOn();
  }

  hangsUp(leg: LegName, how: SocketEnd = 'end'): this {
    return this.does((core) => core.closed(leg, how, this.now));
  }

  does(what: (core: Core) => readonly Effect[]): this {
    this.take(what(this.core));
    return this.carryOn();
  }

  /** Time passes; the core is woken at the time it requested. */
  after(ms: number): this {
    const end = this.now + ms;
    while (this.#wakeAt <= end) {
      this.now = Math.max(this.now, this.#wakeAt);
      this.#wakeAt = Infinity;
      this.core.tick(this.now);
      this.carryOn();
    }
    this.now = end;
    return this;
  }

  /** Effects since the last call, except wake-ups. */
  told(): string[] {
    if (!this.#isWatched) {
      this.#isWatched = true;
      onTestFinished(({ task }) => {
        if (task.result?.state !== 'fail') expect(this.told(), 'it did what was not asserted').toEqual([]);
      });
    }
    const since = this.effects.slice(this.#told);
    this.#told = this.effects.length;
    return since.flatMap((effect) => {
      switch (effect.type) {
        case 'record':
          return [line(effect.entry)];
        case 'send': {
          const bytes = Buffer.from(effect.bytes).toString('latin1');
          return [`to ${effect.leg} ${effect.entry === null ? bytes : line(effect.entry)}`];
        }
        case 'hold':
          return [`hold ${effect.held.key} by rule ${effect.held.rule}`];
        case 'pause':
        case 'resume':
          return [effect.type];
        case 'close':
          return [`close ${effect.reason}`];
        case 'claim':
          return [`claim ${effect.vmcNo}`];
        case 'remark':
          return [`remark ${effect.finding.code} on ${effect.conn}`];
        case 'wake':
          return [];
      }
    });
  }

  protected carryOn(): this {
    for (let todo = this.core.next(this.now); todo !== null; todo = this.core.next(this.now)) this.take(todo);
    return this;
  }

  protected take(effects: readonly Effect[]): void {
    this.effects.push(...effects);
    for (const effect of effects) {
      if (effect.type === 'wake') this.#wakeAt = effect.at;
      if (effect.type === 'close') this.#wakeAt = Infinity;
    }
  }
}

/** A machine and another server: each leg forwards the data of the other. */
export class Legs extends Driven<RelayedCore> {
  constructor(policy: Policy, now = 0) {
    super(new RelayedCore(1, peer, policy, now), now);
  }

  /** Forwards bytes before decoding where that is allowed, as the connection does. */
  passes(leg: LegName, bytes: Uint8Array): this {
    const isPassed = this.core.passesAtOnce(leg);
    const across = leg === 'machine' ? 'server' : 'machine';
    if (isPassed) this.take([{ type: 'send', leg: across, bytes, entry: null }]);
    this.core.received(leg, bytes, this.now, isPassed);
    return this.carryOn();
  }
}

/** The two sides of a captured connection. */
export class CapturedLegs extends Driven<ConnectionCore> {
  constructor(now = 0) {
    super(new ConnectionCore(1, peer, observe, now, ['machine', 'server']), now);
  }
}

/** Direction, type and time; its findings in brackets. */
function line(entry: NewEntry): string {
  const found = 'findings' in entry ? entry.findings.map(({ code }) => code) : [];
  const findings = found.length > 0 ? ` [${found.join()}]` : '';
  switch (entry.kind) {
    case 'frame':
      return `${entry.dir} ${entry.message.body.cmd} at ${entry.at}${findings}`;
    case 'junk':
      return `junk ${Buffer.from(entry.bytes).toString('latin1')} at ${entry.at}${findings}`;
    case 'finding':
      return `finding ${entry.finding.code} at ${entry.at}`;
    case 'closed':
      return `closed ${entry.reason} at ${entry.at}`;
    case 'opened':
      return `opened at ${entry.at}`;
  }
}
