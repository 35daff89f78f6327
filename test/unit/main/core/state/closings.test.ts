/** A person closes a fault that the machine has not cleared. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '#shared/model/frame';
import type { Fault } from '#shared/model/history';
import { closing } from '../../../../../src/main/core/state/closings';
import { EntryLog } from '../../../../../src/main/core/state/entryLog';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { connection } from '../../../../builders/connection';

const vmc_no = 33_232;
const login = { cmd: 'login', vmc_no, version: '1.2.8.8', linuxDriverVersion: '1.3' };
const error = (error_code: string, isSet = true) => ({ cmd: 'error', vmc_no, error_code, isSet });

/** A machine with two errors, and the log of its faults. */
function broken(isOnline: boolean) {
  const machine = connection({});
  machine.receives(login).receives(error('EC_2')).receives(error('ERROR:5300'));
  if (!isOnline) machine.hangsUp();
  const fleet = new Fleet();
  const log = new EntryLog(fleet, 0);
  const faults: Fault[] = [];
  const entries: Entry[] = [];
  log.onEntry((entry, change) => {
    entries.push(entry);
    faults.push(...(change?.faults ?? []));
  });
  const record = (recorded: readonly Entry[]): void => {
    for (const { id: _id, ...entry } of recorded) log.record(entry);
  };
  record(machine.world.entries);
  return { fleet, log, faults, entries, machine, record };
}

describe.each([true, false])('a fault of a machine, connected: %s', (isOnline) => {
  it('ends only because of the person, with the note in the entry that ended it', () => {
    const { fleet, log, faults, entries } = broken(isOnline);
    const before = fleet.machine(vmc_no);
    const [first, second] = before?.errors ?? [];
    if (before === null || first === undefined || second === undefined)
      throw new Error('two errors are active');
    const closed = log.record(
      closing(before, { fault: first.entry, code: first.code, note: 'reset by hand', by: 'Anna', at: 99 }),
    );
    const after = fleet.machine(vmc_no);
    expect(after?.errors).toEqual([second]);
    expect(after?.link).toEqual(before.link);
    expect(after?.findings).toEqual(before.findings);
    expect(faults.at(-1)).toMatchObject({
      id: first.entry,
      clearedBy: 'person',
      clearedEntry: closed.id,
      clearedAt: 99,
    });
    expect(closed).toMatchObject({ finding: { code: 'fault.closed', params: { note: 'reset by hand' } } });
    // The same fold from the journal alone, as after a restart.
    const again = new Fleet();
    for (const entry of entries) again.apply(entry);
    expect(again.machine(vmc_no)).toEqual(after);
    expect(again.connections).toEqual(fleet.connections);
  });
});

it('a fault set again after it was closed is a new one', () => {
  const { fleet, log, faults, machine, record } = broken(true);
  const before = fleet.machine(vmc_no);
  const [first] = before?.errors ?? [];
  if (before === null || first === undefined) throw new Error('an error is active');
  log.record(closing(before, { fault: first.entry, code: first.code, note: 'x', by: 'Anna', at: 99 }));
  const known = machine.world.entries.length;
  machine.receives(error('EC_2'));
  record(machine.world.entries.slice(known));
  const [, set] = fleet.machine(vmc_no)?.errors ?? [];
  expect(set).toMatchObject({ code: 'EC_2' });
  expect(set?.entry).not.toBe(first.entry);
  expect(faults.at(-1)).toMatchObject({ code: 'EC_2', clearedAt: null });
});

it('a note about a fault that is over, or an unknown machine, changes nothing', () => {
  const { fleet, log, faults } = broken(true);
  const before = fleet.machine(vmc_no);
  if (before === null) throw new Error('it is known');
  const count = faults.length;
  log.record(closing(before, { fault: 12_345, code: 'EC_2', note: 'x', by: 'Anna', at: 99 }));
  log.record(closing({ ...before, vmcNo: 7 }, { fault: 1, code: 'EC_2', note: 'x', by: 'Anna', at: 99 }));
  expect(fleet.machine(vmc_no)).toBe(before);
  expect(fleet.machine(7)).toBeNull();
  expect(faults).toHaveLength(count);
});
