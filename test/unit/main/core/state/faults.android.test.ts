/** How android reports faults [field]: a sequence after each login, three slots, and all cleared when one of several ends. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import type { Fault } from '#shared/model/history';
import { connection, World, type TestConnection } from '../../../../builders/connection';

const vmc_no = 7;
const login = { cmd: 'login', vmc_no, version: '2.0', io_version: '9', login_count: 2 };
const clearerror = { cmd: 'machinestatus', vmc_no, status: 'clearerror' };
const sets = (error_code: string): JsonObject => ({
  cmd: 'error',
  vmc_no,
  error_code,
  isSet: true,
  is_fatal_error: true,
});

class Machine {
  readonly world = new World();
  readonly faults = new Map<number, Fault>();
  #link: TestConnection;

  constructor(body: JsonObject = login) {
    this.world.entryLog.onEntry((_entry, change) => this.#keep(change?.faults ?? []));
    this.world.entryLog.onSettled(({ faults }) => this.#keep(faults));
    this.#link = connection({}, this.world).receives(body);
    // Long after the login.
    this.after(60_000);
  }

  says(...bodies: readonly JsonObject[]): this {
    for (const body of bodies) {
      this.#link.receives(body);
      this.after(100);
    }
    return this;
  }

  /** Advances the time as in the running server. */
  after(ms: number): this {
    this.world.now += ms;
    this.world.entryLog.settle(this.world.now);
    return this;
  }

  /** The link drops and returns. */
  returns(body: JsonObject = { ...login, login_count: 4 }): this {
    this.#link.hangsUp();
    this.after(5_000);
    this.#link = connection({}, this.world).receives(body);
    return this.after(100);
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

describe('when one of several faults ends', () => {
  it('an error set again within 1.5 s was never away', () => {
    const machine = new Machine().says(sets('ERROR:9998'), sets('WARNING:10009'), sets('ERROR:5300'));
    machine.after(600_000).says(clearerror);
    // No fault has ended yet.
    expect(machine.active).toEqual(['ERROR:9998', 'WARNING:10009', 'ERROR:5300']);
    machine.says(sets('ERROR:9998'), sets('WARNING:10009'));
    machine.after(2_000);
    expect(machine.active).toEqual(['ERROR:9998', 'WARNING:10009']);
    expect(machine.history).toEqual([
      ['ERROR:9998', null, null, 1],
      ['WARNING:10009', null, null, 1],
      ['ERROR:5300', 600_100, 'clearerror', 1],
    ]);
  });

  it('an error set again later is another one', () => {
    const machine = new Machine().says(sets('ERROR:5300'), clearerror).after(1_600).says(sets('ERROR:5300'));
    expect(machine.history).toEqual([
      ['ERROR:5300', 100, 'clearerror', 1],
      ['ERROR:5300', null, null, 1],
    ]);
    expect(machine.world.fleet.machine(vmc_no)?.findings['error.repeated']).toBeUndefined();
  });

  it('is over also if the clock was set back since the login', () => {
    const machine = new Machine();
    machine.world.now -= 28_800_000;
    machine.says(sets('ERROR:5300'), clearerror).after(1_600);
    expect(machine.active).toEqual([]);
  });

  it('ends without a further message of the machine, and equally in a capture', () => {
    const machine = new Machine().says(sets('ERROR:5300'), clearerror);
    expect(machine.after(1_500).active).toEqual([]);
    const live = machine.history;
    const replayed = new Map<number, Fault>();
    const again = new World();
    again.entryLog.onEntry((_entry, change) => {
      for (const fault of change?.faults ?? []) replayed.set(fault.id, fault);
    });
    machine.says({ cmd: 'hb', vmc_no });
    for (const { id: _, ...entry } of machine.world.entries) again.entryLog.record(entry);
    expect([...replayed.values()]).toEqual([...machine.faults.values()]);
    expect(live).toEqual(machine.history);
  });

  it('the same applies if the platform is unknown', () => {
    const machine = new Machine({ cmd: 'login', vmc_no }).says(
      sets('ERROR:5300'),
      clearerror,
      sets('ERROR:5300'),
    );
    expect(machine.after(2_000).history).toEqual([['ERROR:5300', null, null, 1]]);
    expect(machine.says(clearerror).after(2_000).active).toEqual([]);
  });
});

describe('the three slots', () => {
  it('a new machine fault replaces the previous one', () => {
    const machine = new Machine().says(
      sets('ERROR:5300'),
      sets('ERROR:9998'),
      sets('ERROR:0EE0'),
      sets('WARNING:10009'),
      sets('WARNING:10016'),
    );
    expect(machine.active).toHaveLength(5);
    machine.says(sets('ERROR:5700'), sets('WARNING:0E03'));
    expect(machine.active).toEqual([
      'ERROR:9998',
      'WARNING:10009',
      'WARNING:10016',
      'ERROR:5700',
      'WARNING:0E03',
    ]);
    expect(machine.history.filter(([, , by]) => by !== null)).toEqual([
      ['ERROR:5300', 500, 'replaced', 1],
      ['ERROR:0EE0', 400, 'replaced', 1],
    ]);
  });

  it('linux has no slots', () => {
    const linux = new Machine({ cmd: 'login', vmc_no, linuxDriverVersion: '1' });
    expect(linux.says(sets('ERROR:5300'), sets('ERROR:5700')).active).toHaveLength(2);
  });
});

describe('a warning', () => {
  it('ends by clearwarning, alone', () => {
    const machine = new Machine().says(sets('WARNING:10009'), sets('WARNING:10016'), sets('ERROR:5300'));
    machine.says({ cmd: 'clearwarning', vmc_no, timestamp: '20150624120000', error_code: 'WARNING:10009' });
    expect(machine.active).toEqual(['WARNING:10016', 'ERROR:5300']);
    expect(machine.history[0]).toEqual(['WARNING:10009', 300, 'machine', 1]);
    expect(machine.world.fleet.machine(vmc_no)?.findings['cmd.unknown']).toBeUndefined();
  });
});

describe('the reports after a login', () => {
  const ritual = [
    clearerror,
    { cmd: 'hb', vmc_no },
    { cmd: 'machinestatus', vmc_no, status: 'doorclose' },
    { cmd: 'machinestatus', vmc_no, status: 'supply', supply: { '10009': '9999' } },
  ];

  it('clears nothing: a fault continues, and a warning that is repeated is the same', () => {
    const machine = new Machine().says(sets('ERROR:5300'), sets('WARNING:10009'), sets('WARNING:10016'), {
      cmd: 'machinestatus',
      vmc_no,
      status: 'cupblock',
    });
    machine
      .after(600_000)
      .returns()
      .says(...ritual, sets('WARNING:10009'))
      .after(60_000);
    expect(machine.active).toEqual(['ERROR:5300', 'WARNING:10009']);
    expect(machine.history.map(([code, , by, times]) => [code, by, times])).toEqual([
      ['ERROR:5300', null, 1],
      ['WARNING:10009', null, 1],
      // A person filled that material while the machine was away.
      ['WARNING:10016', 'login', 1],
    ]);
    const [fault, warning] = machine.world.fleet.machine(vmc_no)?.errors ?? [];
    expect([fault?.unconfirmed, warning?.unconfirmed]).toEqual([true, false]);
    expect(machine.world.fleet.machine(vmc_no)?.cupBlocked).not.toBeNull();
  });

  it('end some seconds later: then clearerror clears', () => {
    const machine = new Machine()
      .says(sets('ERROR:5300'))
      .returns()
      .says(...ritual)
      .after(6_000);
    expect(machine.says(clearerror).after(2_000).active).toEqual([]);
  });

  it('errors set after the login are cleared as ever', () => {
    const machine = new Machine().returns().says(sets('ERROR:5300'), clearerror).after(2_000);
    expect(machine.active).toEqual([]);
  });
});
