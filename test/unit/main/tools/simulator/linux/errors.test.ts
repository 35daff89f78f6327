/** Error reports of the linux program [field3]. */
import { describe, expect, test } from 'vitest';
import { breakdowns, warnings } from '../../../../../../src/main/tools/simulator/stock';
import { number, startMachine, type TestMachine } from '../../../../../builders/simulatedMachine';

const [beansLow] = warnings;
const [noCups] = breakdowns;
const persistent = breakdowns.find((fault) => fault.persistent) ?? noCups;

/** Its error reports, with the ms since then. */
const says = ({ server }: TestMachine, since = 0) =>
  server.received.flatMap(({ at, body: { cmd, status, error_code } }) =>
    at < since || (cmd !== 'error' && status !== 'clearerror')
      ? []
      : [[Math.round((at - since) / 100) * 100, error_code ?? 'clear'] as const],
  );
const quiet = (...given: Parameters<typeof startMachine>): TestMachine => {
  const set = startMachine(...given);
  delete set.server.answers['error'];
  return set;
};
/** Advances to the next comparison. */
const untilCompared = (set: TestMachine): number => {
  set.clock.advance(120_000 - (set.clock.elapsed % 120_000));
  return set.clock.elapsed;
};

test('an error that comes and goes between two comparisons is never reported', () => {
  const set = quiet('linux');
  set.machine.cabinet.setFault(noCups);
  set.clock.advance(100_000);
  set.machine.cabinet.endFault(noCups.code);
  set.clock.advance(300_000);
  expect(says(set)).toEqual([]);
});

test('the first errors: set, 3 s apart, with their flags and their time', () => {
  const set = quiet('linux');
  set.machine.cabinet.setFault(beansLow);
  set.machine.cabinet.setFault(persistent);
  const since = untilCompared(set);
  set.clock.advance(3_000);
  expect(says(set, since)).toEqual([
    [0, beansLow.code],
    [3_000, persistent.code],
  ]);
  expect(set.server.of('error').map(({ body }) => body)).toMatchObject([
    {
      datetime: expect.stringMatching(/^20240501 \d{6}$/) as string,
      error_description: beansLow.description,
      isSet: true,
      is_fatal_error: false,
      is_persistence_error: false,
    },
    { isSet: true, is_fatal_error: true, is_persistence_error: true },
  ]);
});

describe('a change', () => {
  test('of several: cleared, then all remaining ones, 3 s apart; none is ever cleared alone', () => {
    const set = quiet('linux');
    for (const fault of [beansLow, noCups, persistent]) set.machine.cabinet.setFault(fault);
    untilCompared(set);
    set.clock.advance(50_000);
    set.machine.cabinet.endFault(noCups.code);
    const since = untilCompared(set);
    set.clock.advance(10_000);
    expect(says(set, since)).toEqual([
      [0, 'clear'],
      [3_000, beansLow.code],
      [6_000, persistent.code],
    ]);
    expect(set.server.of('error').every(({ body }) => body['isSet'] === true)).toBe(true);
  });

  test('to none: cleared', () => {
    const set = quiet('linux');
    set.machine.cabinet.setFault(noCups);
    untilCompared(set);
    set.machine.technician.clearErrors();
    const since = untilCompared(set);
    set.clock.advance(600_000);
    expect(says(set, since)).toEqual([[0, 'clear']]);
  });
});

describe('the repetition', () => {
  test('contains all present errors, every 180 s, until any answer', () => {
    const set = quiet('linux');
    set.machine.cabinet.setFault(noCups);
    set.machine.cabinet.setFault(beansLow);
    const since = untilCompared(set);
    set.clock.advance(400_000);
    expect(says(set, since).map(([at]) => at)).toEqual([0, 3_000, 180_000, 183_000, 360_000, 363_000]);
    set.server.sends({ cmd: 'error_r', vmc_no: number });
    const before = set.server.of('error').length;
    set.clock.advance(600_000);
    expect(set.server.of('error')).toHaveLength(before);
  });

  test('restarts with a login', () => {
    const set = startMachine('linux');
    set.machine.cabinet.setFault(noCups);
    untilCompared(set);
    set.clock.advance(600_000);
    expect(set.server.of('error')).toHaveLength(1);
    set.server.sends({ cmd: 'login_r', vmc_no: number, date_time: '', ret: 0 });
    set.clock.advance(179_000);
    expect(set.server.of('error')).toHaveLength(1);
    set.clock.advance(2_000);
    expect(set.server.of('error')).toHaveLength(2);
  });

  test('contains errors from before the start only 180 s after the login', () => {
    const set = quiet('linux');
    set.machine.cabinet.setFault(persistent);
    set.machine.cabinet.setFault(beansLow);
    set.machine.stop();
    set.machine.start();
    const since = set.clock.elapsed;
    set.clock.advance(190_000);
    expect(says(set, since)).toEqual([[180_000, persistent.code]]);
  });

  test('neverAcknowledged: as without answers', () => {
    const set = startMachine('linux');
    set.machine.setMisbehaviour('neverAcknowledged', true);
    set.machine.cabinet.setFault(noCups);
    untilCompared(set);
    set.clock.advance(360_100);
    expect(set.server.of('error')).toHaveLength(3);
  });
});

describe('a lost server is an error', () => {
  test('after the outage a clearerror arrives, or clear and set again', () => {
    for (const others of [[], [noCups]]) {
      const set = quiet('linux');
      for (const fault of others) set.machine.cabinet.setFault(fault);
      untilCompared(set);
      set.clock.advance(10_000);
      set.server.refuses = true;
      set.server.hangsUp();
      set.clock.advance(400_000);
      set.server.refuses = false;
      const since = set.clock.elapsed;
      set.clock.advance(150_000);
      expect(set.machine.status).toBe('ready');
      const said = says(set, since).map(([, what]) => what);
      expect(said).toEqual(others.length === 0 ? ['clear'] : ['clear', noCups.code]);
    }
  });
});

describe('the normal state', () => {
  const state = (set: TestMachine): unknown => {
    set.server.sends({ cmd: 'statusquery', vmc_no: 1 });
    return set.server.of('machinestatus').at(-1)?.body['status'];
  };

  test('is that of the last check: up to three minutes old', () => {
    const set = quiet('linux');
    expect(state(set)).toBe('normal');
    set.machine.cabinet.setFault(noCups);
    set.clock.advance(179_000 - set.clock.elapsed);
    expect(state(set)).toBe('normal');
    set.clock.advance(2_000);
    expect(state(set)).toBe('abnormal');
    set.machine.technician.clearErrors();
    expect(state(set)).toBe('abnormal');
    set.clock.advance(180_000);
    expect(state(set)).toBe('normal');
    expect(set.deeds.at(-1)).toMatchObject({ did: 'reportedStatus', cause: { cmd: 'statusquery' } });
  });

  test('is not affected by a warning', () => {
    const set = quiet('linux');
    set.machine.cabinet.setFault(beansLow);
    set.clock.advance(200_000);
    expect(state(set)).toBe('normal');
  });
});
