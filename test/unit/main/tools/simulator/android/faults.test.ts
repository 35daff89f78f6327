/** Fault reports of the android program [field3]. */
import { describe, expect, test } from 'vitest';
import { breakdowns, warnings, type Fault } from '../../../../../../src/main/tools/simulator/stock';
import { number, startMachine, type TestMachine } from '../../../../../builders/simulatedMachine';

const [beansLow] = warnings;
const [noCups, noBeans] = breakdowns;
const soldOut: Fault = { code: 'ERROR:9998', description: '', fatal: true, persistent: false };
const lid: Fault = { code: 'ERROR:0EE0', description: '', fatal: false, persistent: false };

const says = ({ server }: TestMachine, since = 0) =>
  server.received.flatMap(({ at, body: { cmd, status, error_code } }) =>
    at < since || (cmd !== 'error' && status !== 'clearerror')
      ? []
      : [[at - since, error_code ?? 'clear'] as const],
  );
const started = (): TestMachine & { readonly since: number } => {
  const set = startMachine('android');
  // The middle between two ticks.
  set.clock.advance(2_500 - (set.clock.elapsed % 1_000));
  return { ...set, since: set.clock.elapsed };
};
const words = (set: TestMachine, since: number) => says(set, since).map(([, what]) => what);

test('a new fault is set at the next tick, always as fatal', () => {
  const set = started();
  set.machine.cabinet.setFault(lid);
  set.machine.cabinet.setFault(lid);
  set.clock.advance(5_000);
  expect(says(set, set.since)).toEqual([[500, lid.code]]);
  expect(set.server.of('error')[0]?.body).toMatchObject({ isSet: true, is_fatal_error: true });
});

test('a newer fault of the same slot replaces the old one without a report; the old one returns at its end', () => {
  const set = started();
  set.machine.cabinet.setFault(noCups);
  set.clock.advance(1_000);
  set.machine.cabinet.setFault(noBeans ?? noCups);
  set.clock.advance(1_000);
  set.machine.cabinet.endFault(noBeans?.code ?? '');
  set.clock.advance(1_000);
  expect(words(set, set.since)).toEqual([noCups.code, noBeans?.code, noCups.code]);
});

test('when one of three slots becomes empty: cleared, then the others 100 ms apart, then the warnings', () => {
  const set = started();
  for (const fault of [noCups, soldOut, lid, beansLow]) set.machine.cabinet.setFault(fault);
  set.clock.advance(2_000);
  const since = set.clock.elapsed;
  set.machine.cabinet.endFault(noCups.code);
  set.clock.advance(2_000);
  expect(says(set, since)).toEqual([
    [500, 'clear'],
    [600, soldOut.code],
    [700, lid.code],
    [800, beansLow.code],
  ]);
});

test('cleared by a person: one clearerror', () => {
  const set = started();
  set.machine.cabinet.setFault(noCups);
  set.clock.advance(1_000);
  set.machine.technician.clearErrors();
  set.clock.advance(5_000);
  expect(words(set, set.since)).toEqual([noCups.code, 'clear']);
});

test('a fault during a drink is reported after it', () => {
  const set = started();
  set.machine.technician.brew(810);
  set.machine.cabinet.setFault(lid);
  set.clock.advance(19_000);
  expect(words(set, set.since)).toEqual([]);
  set.clock.advance(3_000);
  expect(words(set, set.since)).toEqual([lid.code]);
});

describe('a missing material', () => {
  test('is reported at once, again after every drink, and ended by a refill', () => {
    const set = started();
    set.machine.technician.refill({ '10016': -1_200 });
    set.machine.technician.refill({ '10016': 60 });
    set.clock.advance(2_000);
    expect(words(set, set.since)).toEqual(['WARNING:10016']);
    for (let drinks = 0; drinks < 2; drinks += 1) {
      set.machine.technician.brew(701);
      set.clock.advance(22_000);
    }
    expect(words(set, set.since)).toEqual(Array(3).fill('WARNING:10016'));
    const before = set.server.received.length;
    set.server.sends({ cmd: 'remote', vmc_no: number, operation: 'supplys', supply: { '10016': '+500' } });
    set.clock.advance(6_000);
    const refilled = set.server.received.slice(before).filter(({ body }) => body['cmd'] !== 'hb');
    expect(refilled.map(({ body: { cmd, status = null } }) => status ?? cmd)).toEqual([
      'clearwarning',
      'feedrecord',
      'supply',
    ]);
    expect(refilled[0]?.body).toMatchObject({ error_code: 'WARNING:10016' });
    set.machine.technician.brew(701);
    set.clock.advance(22_000);
    expect(words(set, set.since)).toHaveLength(3);
  });
});

test('a restart ends volatile faults and reports the rest again', () => {
  const persistent = breakdowns.find((fault) => fault.persistent) ?? noCups;
  const set = started();
  set.machine.cabinet.setFault(lid);
  set.machine.cabinet.setFault(persistent);
  set.clock.advance(2_000);
  set.machine.stop();
  set.machine.start();
  const since = set.clock.elapsed;
  set.clock.advance(4_000);
  expect(words(set, since)).toEqual(['clear', persistent.code]);
});
