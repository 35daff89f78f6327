import { describe, expect, it } from 'vitest';
import type { Fault } from '#shared/model/history';
import { faultsForgotten } from '../../../../../src/main/core/state/faults';
import { connection, World } from '../../../../builders/connection';

const login = { cmd: 'login', vmc_no: 33232, version: '1.0', linuxDriverVersion: '1.3' };
const error = (code: string, isSet: boolean, persistent = false) => ({
  cmd: 'error',
  vmc_no: 33232,
  error_code: code,
  error_description: '缺杯',
  isSet,
  is_fatal_error: true,
  is_persistence_error: persistent,
  datetime: '20150624',
});

/** A world that keeps the newest row of each fault from the entryLog, and counts the rows. */
class Kept extends World {
  readonly rows = new Map<number, Fault>();
  written = 0;

  constructor() {
    super();
    this.entryLog.onEntry((_entry, change) => {
      for (const fault of change?.faults ?? []) {
        this.rows.set(fault.id, fault);
        this.written += 1;
      }
    });
  }

  get faults(): readonly Fault[] {
    return [...this.rows.values()];
  }
}

describe('the history of errors', () => {
  it('set, cleared by its own code or by all, and set again: a new one', () => {
    const world = new Kept();
    connection({}, world)
      .receives(login)
      .receives(error('ERROR:5300', true))
      .receives(error('5300', false))
      .receives(error('ERROR:5300', true))
      .receives({ cmd: 'machinestatus', vmc_no: 33232, status: 'clearerror' })
      .after(4_001)
      .receives({ cmd: 'hb', vmc_no: 33232 });
    const { faults, written } = world;
    expect(faults.map(({ code, clearedBy, times }) => ({ code, clearedBy, times }))).toEqual([
      { code: 'ERROR:5300', clearedBy: 'machine', times: 1 },
      { code: 'ERROR:5300', clearedBy: 'clearerror', times: 1 },
    ]);
    expect(written).toBe(4);
    for (const { id, setAt, clearedAt, clearedEntry } of faults) {
      expect(world.entries.find((entry) => entry.id === id)?.at).toBe(setAt);
      expect(world.entries.find((entry) => entry.id === clearedEntry)?.at).toBe(clearedAt);
    }
  });

  it('messages without news of errors write nothing', () => {
    const world = new Kept();
    connection({}, world)
      .receives(login)
      .receives(error('EC_2', true))
      .receives(error('EC_2', true)) // within a minute: a repetition
      .receives(error('ERROR:5300', false)) // was not set
      .receives({ cmd: 'hb', vmc_no: 33232 })
      .hangsUp();
    expect(world.written).toBe(1);
  });

  it('a reconnect alone ends nothing', () => {
    const world = new Kept();
    connection({}, world)
      .receives(login)
      .receives(error('EC_2', true, true))
      .receives(error('ERROR:5300', true))
      .hangsUp();
    connection({}, world).receives(login);
    const { faults } = world;
    expect(faults.map(({ code, clearedBy }) => [code, clearedBy])).toEqual([
      ['EC_2', null],
      ['ERROR:5300', null],
    ]);
  });

  it('a restart ends those that do not survive one', () => {
    const world = new Kept();
    connection({}, world)
      .receives({ ...login, login_count: 3 })
      .receives(error('EC_2', true, true))
      .receives(error('ERROR:5300', true))
      .hangsUp();
    connection({}, world).receives({ ...login, login_count: 1 });
    expect(world.faults.map(({ code, clearedBy }) => [code, clearedBy])).toEqual([
      ['EC_2', null],
      ['ERROR:5300', 'restart'],
    ]);
  });

  it('a machine removed from the list has no open faults', () => {
    const world = new Kept();
    connection({}, world)
      .receives(login)
      .receives(error('EC_2', true))
      .receives(error('ERROR:5300', true))
      .receives(error('EC_2', false));
    const { faults, fleet } = world;
    const machine = fleet.machine(33232);
    if (machine === null) throw new Error('no machine');
    const open = faults.filter(({ clearedAt }) => clearedAt === null);
    expect(open.length).toBe(1);
    expect(faultsForgotten(machine, 5_000)).toEqual([
      { ...open[0], clearedAt: 5_000, clearedBy: 'forgotten' },
    ]);
  });
});
