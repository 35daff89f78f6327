/** Login reports of the linux program, and its reaction to each command [field3]. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { breakdowns, menu } from '../../../../../../src/main/tools/simulator/stock';
import { number, startMachine, type TestMachine } from '../../../../../builders/simulatedMachine';

const [espresso] = menu;
const [noCups] = breakdowns;
const persistent = breakdowns.find((fault) => fault.persistent) ?? noCups;
/** The duration of a restart. */
const restart = 81_500;
const accepts = { cmd: 'login_r', vmc_no: number, date_time: '', ret: 0 };

const bare = (cmd: string, more: JsonObject = {}): JsonObject => ({ cmd, vmc_no: number, ...more });
const other = (cmd: string, more: JsonObject = {}): JsonObject => bare(cmd, { ...more, vmc_no: 1 });
const statuses = ({ server }: TestMachine, since = 0) =>
  server
    .of('machinestatus')
    .flatMap(({ at, body }) => (at < since ? [] : [[at - since, body['status']] as const]));
const restarts = ({ deeds }: TestMachine): number => deeds.filter(({ did }) => did === 'stopped').length;

describe('after an accepted login', () => {
  test('supplies at 10 s, the door at 15 s, no other reports', () => {
    const set = startMachine('linux');
    const login = set.server.of('login')[0]?.at ?? 0;
    set.clock.advance(29_000);
    const said = set.server.received.slice(1).map(({ at, body }) => [at - login - 1, body['status']]);
    expect(said).toEqual([
      [10_000, 'supply'],
      [15_000, 'doorclose'],
    ]);
    expect(set.deeds.filter(({ did }) => did === 'reportedSupplies')).toMatchObject([
      { cause: { by: 'itself' } },
    ]);
  });

  test('an unrequested answer repeats all of it', () => {
    const set = startMachine('linux');
    set.clock.advance(60_000);
    const since = set.clock.elapsed;
    set.server.sends(accepts, accepts);
    set.clock.advance(20_000);
    expect(statuses(set, since)).toEqual([
      [10_000, 'supply'],
      [10_000, 'supply'],
      [15_000, 'doorclose'],
      [15_000, 'doorclose'],
    ]);
  });

  test('due reports are sent on the next connection', () => {
    const set = startMachine('linux', { pace: 0.06 });
    set.server.dies();
    set.clock.advance(245_000);
    // Due 167 and 250 s after its login; it dials again at 240 s.
    expect(set.server.of('machinestatus')).toEqual([]);
    set.clock.advance(6_000);
    const second = set.server.of('machinestatus');
    expect(second.map(({ connection, body }) => [connection, body['status']])).toEqual([[2, 'doorclose']]);
  });

  test('a machine that does not count its stock reports none, asked or not', () => {
    const set = startMachine('linux', { countsStock: false });
    set.server.sends(bare('querysupplies'));
    set.clock.advance(29_000);
    expect(statuses(set).map(([, status]) => status)).toEqual(['doorclose']);
  });
});

describe('commands', () => {
  test.each([
    ['opendoor', other('opendoor')],
    ['door open, in that spelling', bare('door open')],
  ])('%s: no separate answer, then the door', (_what, message) => {
    const set = startMachine('linux', { rareSpelling: message['cmd'] !== 'opendoor' });
    const since = set.clock.elapsed;
    set.server.sends(message);
    expect(statuses(set, since)).toEqual([]);
    set.clock.advance(2_000);
    expect(statuses(set, since).map(([, status]) => status)).toEqual(['dooropen']);
    expect(set.deeds.at(-1)).toMatchObject({
      did: 'openedDoor',
      cause: { by: 'frame', cmd: message['cmd'] },
    });
    set.clock.advance(31_000);
    expect(set.deeds.at(-1)).toMatchObject({ did: 'closedDoor' });
  });

  test('each program knows its own spelling', () => {
    for (const rareSpelling of [false, true]) {
      const { server, clock, machine } = startMachine('linux', { rareSpelling });
      server.sends(bare(rareSpelling ? 'opendoor' : 'door open'));
      clock.advance(2_000);
      expect(machine.cabinet.door).toBe('closed');
    }
  });

  test('querysupplies at once; statusquery reports only whether all is well', () => {
    const set = startMachine('linux');
    const since = set.clock.elapsed;
    set.server.sends(other('querysupplies'), other('statusquery'));
    expect(statuses(set, since)).toEqual([
      [0, 'supply'],
      [0, 'normal'],
    ]);
    expect(set.deeds.slice(-2)).toMatchObject([
      { did: 'reportedSupplies', cause: { cmd: 'querysupplies' } },
      { did: 'reportedStatus', cause: { cmd: 'statusquery' } },
    ]);
  });

  test('rinsing: it rinses and reports nothing', () => {
    const set = startMachine('linux');
    set.clock.advance(16_000);
    const before = set.server.received.length;
    set.server.sends(other('rinsing'));
    set.clock.advance(11_000);
    expect(set.deeds.at(-1)).toMatchObject({
      did: 'rinsed',
      isOk: true,
      cause: { by: 'frame', cmd: 'rinsing' },
    });
    expect(set.server.received).toHaveLength(before);
  });

  test('reboot: off within seconds, back after a minute; persistent errors are gone too', () => {
    const set = startMachine('linux');
    set.machine.cabinet.setFault(persistent);
    set.server.sends(other('reboot'));
    set.clock.advance(1_500);
    expect(set.server.closings).toMatchObject([{ how: 'end' }]);
    expect(set.machine.status).toBe('off');
    set.clock.advance(60_000);
    expect(set.server.of('login')).toHaveLength(1);
    set.clock.advance(restart - 60_000);
    expect(set.server.of('login')).toHaveLength(2);
    expect(set.machine.cabinet.faults).toEqual([]);
    const cause = { by: 'frame', cmd: 'reboot' };
    expect(set.deeds.flatMap(({ did, cause: why }) => (why.by === 'frame' ? [did] : []))).toEqual([
      'clearedErrors',
      'stopped',
      'started',
    ]);
    expect(set.deeds.findLast(({ did }) => did === 'started')).toMatchObject({ cause });
  });

  test.each([
    ['priceset', { price: [[espresso.id, 700, 0]] }],
    ['discount', { discount: 80 }],
  ])('%s restarts it; persistent errors stay', (cmd, more) => {
    const set = startMachine('linux');
    set.machine.cabinet.setFault(persistent);
    set.machine.cabinet.setFault(noCups);
    set.server.sends(bare(cmd, more));
    set.clock.advance(restart);
    expect(set.server.of('login')).toHaveLength(2);
    expect(set.machine.cabinet.faults).toEqual([persistent]);
  });

  test('priceset: accepts valid rows only, but restarts for any non-empty list that names this machine', () => {
    const set = startMachine('linux');
    const price = [
      [espresso.id, 700, 0],
      [99, 1, 0],
      [702, -1, 0],
      [801, 1, 4],
    ];
    set.server.sends(
      other('priceset', { price }),
      bare('priceset', { price: [] }),
      bare('priceset', { price: 'x' }),
    );
    set.clock.advance(2_000);
    expect(restarts(set)).toBe(0);
    set.server.sends(bare('priceset', { price }));
    expect(set.deeds.filter(({ did }) => did === 'setPrice')).toMatchObject([
      { productId: espresso.id, price: 700 },
    ]);
    set.clock.advance(restart);
    expect(restarts(set)).toBe(1);
    set.server.sends(bare('priceset', { price: [[1, 1, 0]] }));
    set.clock.advance(2_000);
    expect(restarts(set)).toBe(2);
  });

  test('discount: from 1 to 100, otherwise no effect', () => {
    const set = startMachine('linux');
    for (const discount of [0, 101, -5, 'x']) set.server.sends(bare('discount', { discount }));
    set.server.sends(other('discount', { discount: 50 }));
    set.clock.advance(2_000);
    expect(restarts(set)).toBe(0);
    set.server.sends(bare('discount', { discount: 1 }));
    set.clock.advance(2_000);
    expect(restarts(set)).toBe(1);
    expect(set.deeds.find(({ did }) => did === 'setDiscount')).toMatchObject({ percent: 1 });
  });

  test.each([
    ['bottommenu', bare('bottommenu'), 1],
    ['bottommenu of another', other('bottommenu'), 0],
    ['clearscreensaver of another', other('clearscreensaver'), 1],
    ['screensaver', bare('screensaver'), 0],
    ['openminidoor', bare('openminidoor'), 0],
    ['an operation of android', bare('remote', { operation: 'reboot' }), 0],
    ['a drink of android', bare('remote', { operation: 'products', product_id: 810 }), 0],
    ['a name that every object has', bare('constructor'), 0],
  ])('%s', (_what, message, wanted) => {
    const set = startMachine('linux');
    set.server.sends(message);
    set.clock.advance(25_000);
    expect(restarts(set)).toBe(wanted);
    expect(set.deeds.some(({ did }) => did === 'madeDrink')).toBe(false);
  });
});

test('a power cut leaves its connection open until it returns', () => {
  const set = startMachine('linux');
  set.machine.technician.powerCycle(90_000);
  set.clock.advance(89_000);
  expect([set.server.closings.length, set.machine.status]).toEqual([0, 'off']);
  set.clock.advance(2_000);
  expect(set.server.closings).toMatchObject([{ how: 'reset' }]);
  expect(set.server.of('login')).toHaveLength(2);
  expect(set.deeds.slice(-2)).toMatchObject([
    { did: 'stopped', cause: { by: 'technician' } },
    { did: 'started', cause: { by: 'technician' } },
  ]);
});
