/** The linux program's error reports [field3]: repeated while present, cleared and set again 3 s apart, all cleared by a reboot. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import type { Fault } from '#shared/model/history';
import type { WireMessage } from '#shared/model/message';
import { connection, World, type TestConnection } from '../../../../builders/connection';

const vmc_no = 7;
const login = { cmd: 'login', vmc_no, version: '1.2', linuxDriverVersion: '1.3' };
const clearerror = { cmd: 'machinestatus', vmc_no, status: 'clearerror' };
const sets = (error_code: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'error',
  vmc_no,
  error_code,
  isSet: true,
  is_fatal_error: true,
  is_persistence_error: false,
  ...more,
});

interface Options {
  readonly replyProfile?: 'document';
}

class Machine {
  readonly world = new World();
  readonly faults = new Map<number, Fault>();
  readonly #config: Options;
  #link: TestConnection;

  constructor(config: Options = {}) {
    this.#config = config;
    this.world.entryLog.onEntry((_entry, change) => this.#keep(change?.faults ?? []));
    this.world.entryLog.onSettled(({ faults }) => this.#keep(faults));
    this.#link = connection({ config }, this.world).receives(login);
  }

  says(body: JsonObject): this {
    this.#link.receives(body);
    return this;
  }

  after(ms: number): this {
    // Heartbeats keep the connection.
    for (let left = ms; left > 0; left -= 30_000) {
      this.world.now += Math.min(left, 30_000);
      this.world.entryLog.settle(this.world.now);
      if (left > 30_000) this.says({ cmd: 'hb', vmc_no });
    }
    return this;
  }

  /** On this message, it closes the connection and is back after 90 s. */
  restartsBy(message: WireMessage): this {
    this.#link.tells(message);
    this.#link.hangsUp();
    this.world.now += 90_000;
    this.#link = connection({ config: this.#config }, this.world).receives(login);
    return this;
  }

  /** After this message, the connection stays silent, and another follows. */
  redialsAfter(message: WireMessage, ms: number): this {
    this.#link.tells(message);
    this.world.now += ms;
    this.#link = connection({ config: this.#config }, this.world).receives(login);
    return this;
  }

  get active(): readonly string[] {
    return this.world.fleet.machine(vmc_no)?.errors.map(({ code }) => code) ?? [];
  }

  /** Code, duration, reason of the end, and how often it was set. */
  get history(): readonly (readonly [string, number | null, string | null, number])[] {
    return [...this.faults.values()].map(({ code, setAt, clearedAt, clearedBy, times }) => [
      code,
      clearedAt === null ? null : clearedAt - setAt,
      clearedBy,
      times,
    ]);
  }

  #keep(faults: readonly Fault[]): void {
    for (const fault of faults) this.faults.set(fault.id, fault);
  }
}

describe('errors that are cleared and set again', () => {
  it('were never away, though each follows 3 s after the other', () => {
    const machine = new Machine().says(sets('ERROR:5300')).after(3_000).says(sets('ERROR:5700'));
    machine.after(3_000).says(sets('EC_2')).after(600_000);
    machine.says(clearerror).after(3_000).says(sets('ERROR:5300')).after(3_000).says(sets('ERROR:5700'));
    machine.after(20_000);
    expect(machine.active).toEqual(['ERROR:5300', 'ERROR:5700']);
    expect(machine.history).toEqual([
      ['ERROR:5300', null, null, 1],
      ['ERROR:5700', null, null, 1],
      ['EC_2', 600_000, 'clearerror', 1],
    ]);
  });

  it('wait 3 s longer for each new error that is set before them', () => {
    const machine = new Machine().says(sets('ERROR:5300')).after(60_000).says(clearerror);
    machine.says(sets('ERROR:5700')).after(3_000).says(sets('EC_2')).after(3_000).says(sets('ERROR:5300'));
    expect(machine.after(20_000).history).toEqual([
      ['ERROR:5300', null, null, 1],
      ['ERROR:5700', null, null, 1],
      ['EC_2', null, null, 1],
    ]);
  });

  it.each([
    [1, 4_000],
    [3, 10_000],
  ])('end after 3 s for each of %d and 1 s more', (count, ms) => {
    const machine = new Machine();
    for (let n = 0; n < count; n += 1) machine.says(sets(`EC_${n}`));
    machine.says(clearerror).after(ms);
    expect(machine.active).toHaveLength(count);
    expect(machine.after(1).active).toEqual([]);
  });
});

it('an error that is resent every 180 s is one fault, also without an acknowledgement', () => {
  const machine = new Machine({ replyProfile: 'document' }).says(sets('ERROR:5300'));
  for (let time = 0; time < 5; time += 1) machine.after(180_000).says(sets('ERROR:5300'));
  expect(machine.history).toEqual([['ERROR:5300', null, null, 1]]);
});

it('a later report with other properties replaces the earlier one', () => {
  const machine = new Machine()
    .says(sets('EC_2'))
    .after(180_000)
    .says(sets('EC_2', { is_fatal_error: false }));
  expect([...machine.faults.values()]).toMatchObject([{ code: 'EC_2', isFatal: false }]);
});

describe('a detected restart', () => {
  const kept = () =>
    new Machine().says(sets('EC_2', { is_persistence_error: true })).says(sets('ERROR:5300'));

  it('by Crema’s reboot ends persistent errors too', () => {
    const machine = kept().restartsBy({ cmd: 'reboot', vmc_no });
    expect(machine.active).toEqual([]);
    expect(machine.history.map(([code, , by]) => [code, by])).toEqual([
      ['EC_2', 'restart'],
      ['ERROR:5300', 'restart'],
    ]);
  });

  it.each([
    { cmd: 'discount', discount: 90 },
    { cmd: 'priceset', price: [[810, 1000, 1]] },
  ])('by %j leaves them', (message) => {
    const machine = kept().restartsBy({ ...message, vmc_no });
    expect(machine.active).toEqual(['EC_2']);
  });

  it('does not count where the link was dead and the machine redialled', () => {
    const machine = kept();
    machine.redialsAfter({ cmd: 'reboot', vmc_no }, 76_000);
    expect(machine.active).toEqual(['EC_2', 'ERROR:5300']);
  });
});
