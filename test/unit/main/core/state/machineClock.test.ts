import { expect, it } from 'vitest';
import { dateTimeOf, secondOf } from '#shared/messages/times';
import { momentOf } from '#shared/model/machineClock';
import { readMachine } from '#shared/model/stored/machine';
import type { MachineState } from '#shared/model/machine';
import { connection, noon } from '../../../../builders/connection';

const hour = 3_600_000;
const login = { cmd: 'login', vmc_no: 7, timestamp: '20150624', version: '2.0', login_count: 3 };
const supply = (time: string) => ({
  cmd: 'machinestatus',
  vmc_no: 7,
  status: 'supply',
  supply: { 1: '200' },
  time,
});
const clockOf = (link: ReturnType<typeof connection>): MachineState['clock'] =>
  link.world.fleet.machine(7)?.clock ?? [];

it('a status report measures the clock in both time formats, a login only its date', () => {
  for (const written of [secondOf, dateTimeOf]) {
    const link = connection();
    link.receives(login);
    expect(momentOf(clockOf(link), noon + 8 * hour, { at: link.world.now })).toBeNull();
    link.receives(supply(written(link.world.now + 8 * hour)));
    expect(clockOf(link)).toMatchObject([{ least: 8 * hour }]);
    expect(clockOf(link)[0]?.most).toBeLessThan(8 * hour + 5_000);
  }
});

it('orders and records may be old, so they measure nothing', () => {
  const link = connection();
  link.receives(login);
  const before = clockOf(link);
  const old = secondOf(noon - 5 * hour);
  link.receives({ cmd: 'productdone', vmc_no: 7, ProductId: 1, isok: true, order_no: 'a', timestamp: old });
  link.receives({ cmd: 'feedrecord', vmc_no: 7, timestamp: old, supply: { 1: '2' } });
  link.receives({ cmd: 'upordrecipe', vmc_no: 7, timestamp: old, order_no: 'a', recipe: { 1: '2' } });
  link.receives({ cmd: 'rinsingrecord', vmc_no: 7, c_uid: `C${old}1`, isok: true, timestamp: old });
  link.receives({ cmd: 'error', vmc_no: 7, error_code: 'EC_2', isSet: true, datetime: old });
  expect(clockOf(link)).toEqual(before);
});

it('the measured clock is kept with the machine, and is unknown for a machine of an earlier version', () => {
  const link = connection();
  link.receives(login);
  link.receives(supply(secondOf(noon)));
  const machine = link.world.fleet.machine(7);
  expect(readMachine(JSON.stringify(machine))?.clock).toEqual(machine?.clock);
  const { clock: _clock, ...earlier } = machine ?? {};
  expect(readMachine(JSON.stringify(earlier))?.clock).toEqual([]);
});
