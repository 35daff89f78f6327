/** What machines say about themselves: faults, door, cup, supplies. */
import { describe, expect, test } from 'vitest';
import { breakdowns, warnings, type Fault } from '../../../../src/main/simulator/stock';
import { number, startMachine } from '../../../builders/simulatedMachine';

const still = { pace: 0.01 };
const [beansLow] = warnings;
const persistent = breakdowns.find((fault) => fault.persistent) as Fault;

describe('faults', () => {
  test('linux: as they are, set and cleared', () => {
    const { server, clock, machine } = startMachine('linux', still);
    machine.cabinet.setFault(beansLow);
    clock.advance(10);
    machine.cabinet.clearFault(beansLow.code);
    expect(server.of('error').map(({ body }) => body)).toEqual(
      [true, false].map((isSet) => ({
        cmd: 'error',
        vmc_no: number,
        datetime: '20240501',
        error_code: 'WARNING:10009',
        error_description: '咖啡豆不足',
        isSet,
        is_fatal_error: false,
        is_persistence_error: false,
      })),
    );
  });

  test('android: everything is fatal and set, and only clearerror clears', () => {
    const { server, machine } = startMachine('android', still);
    machine.cabinet.setFault(beansLow);
    machine.cabinet.clearFault(beansLow.code);
    machine.cabinet.clearAllFaults();
    expect(server.of('error')).toHaveLength(1);
    expect(server.of('error')[0]?.body).toMatchObject({ isSet: true, is_fatal_error: true });
    expect(server.received.at(-1)?.body['status']).toBe('clearerror');
  });

  test('a warning does not stop it from selling, a breakdown does', () => {
    const { machine } = startMachine('android', still);
    machine.cabinet.setFault(beansLow);
    expect(machine.cabinet.broken).toBe(false);
    machine.cabinet.setFault(persistent);
    expect(machine.cabinet.brokenBy).toBe(persistent.code);
    machine.cabinet.clearAllFaults();
    expect(machine.cabinet.broken).toBe(false);
  });

  test.each(['linux', 'android'] as const)(
    '%s: a restart ends what does not persist and tells the rest',
    (platform) => {
      const { server, clock, machine } = startMachine(platform, still);
      machine.cabinet.setFault(beansLow);
      machine.cabinet.setFault(persistent);
      clock.advance(10);
      machine.stop();
      const before = server.of('error').length;
      machine.start();
      clock.advance(10);
      expect(
        server
          .of('error')
          .slice(before)
          .map(({ body }) => body['error_code']),
      ).toEqual([persistent.code]);
    },
  );

  test('the same fault twice is one', () => {
    const { server, machine } = startMachine('android', still);
    machine.cabinet.setFault(beansLow);
    machine.cabinet.setFault(beansLow);
    expect(server.of('error')).toHaveLength(1);
  });
});

test('a cup block is reported again after a reconnect, until it is cleared', () => {
  const { server, clock, machine } = startMachine('linux', { pace: 1 });
  machine.cabinet.blockCup();
  server.hangsUp();
  clock.advance(5_000);
  expect(server.of('machinestatus').filter(({ body }) => body['status'] === 'cupblock')).toHaveLength(2);
  machine.cabinet.clearAllFaults();
  expect(machine.cabinet.cupBlocked).toBe(false);
});

test('supplies: amounts are strings, and drinks use them up', () => {
  const { server, machine, clock } = startMachine('android', { pace: 100 });
  machine.cabinet.fillUp();
  const supply = () => server.of('machinestatus').findLast(({ body }) => body['status'] === 'supply')?.body;
  expect(supply()).toMatchObject({
    supply: { '10007': '9000', '10009': '1500', '10016': '1200' },
    time: '20240501080000',
  });
  server.sends({ cmd: 'remote', vmc_no: number, operation: 'products', product_id: 810, session_id: 's1' });
  clock.advance(50 + 20_000 / 100);
  machine.cabinet.reportSupply();
  expect(supply()?.['supply']).toMatchObject({ '10009': '1491' });
});
