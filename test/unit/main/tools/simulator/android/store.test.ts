/** Records that the android program stores until acknowledged [field3]. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { menu } from '../../../../../../src/main/tools/simulator/stock';
import { number, startMachine, type TestMachine } from '../../../../../builders/simulatedMachine';

const [product] = menu;
const minute = 60_000;
const accepts = { cmd: 'login_r', vmc_no: number, ret: 0 };
const deaf = (...cmds: readonly string[]): TestMachine => {
  const set = startMachine('android');
  for (const cmd of cmds) set.server.answers[cmd] = () => [];
  return set;
};
const sells = (set: TestMachine): JsonObject => {
  set.machine.customer.buy({ productId: product.id, payment: 'cash', brewing: 10, patience: 0 });
  set.clock.advance(11);
  return set.server.of('productdone').at(-1)?.body ?? {};
};
const times = (set: TestMachine, cmd: string, since = 0) =>
  set.server.of(cmd).flatMap(({ at }) => (at < since ? [] : [at - since]));
const acknowledges = (order_no: unknown): JsonObject => ({
  cmd: 'productdone_r',
  vmc_no: number,
  order_no: String(order_no),
  isOk: true,
});

describe('a sale', () => {
  test('is repeated every 40 s, at most 12 times, with its own number and time', () => {
    const set = deaf('productdone');
    const { order_no } = sells(set);
    const since = set.clock.elapsed - 1;
    set.clock.advance(20 * minute);
    expect(times(set, 'productdone', since)).toEqual(Array.from({ length: 13 }, (_, i) => i * 40_000));
    const sent = set.server.of('productdone').map(({ body }) => body);
    expect(sent.map(({ order_resend_times: again }) => again)).toEqual(
      Array.from({ length: 13 }, (_, i) => i),
    );
    expect(new Set(sent.map(({ timestamp }) => timestamp)).size).toBe(1);
    expect(sent.every((body) => body['order_no'] === order_no)).toBe(true);
  });

  test('ends when its own number is acknowledged; another number has no effect', () => {
    const set = deaf('productdone');
    const { order_no } = sells(set);
    set.server.sends(acknowledges('x'));
    set.clock.advance(41_000);
    expect(set.server.of('productdone')).toHaveLength(2);
    set.server.sends(acknowledges(order_no));
    set.clock.advance(10 * minute);
    expect(set.server.of('productdone')).toHaveLength(2);
  });

  test('without a number can never be acknowledged', () => {
    const set = startMachine('android');
    set.server.sends({ cmd: 'products', vmc_no: number, product_id: 810, paydone: true });
    set.clock.advance(20_001);
    expect(set.server.of('productdone')).toMatchObject([{ body: { order_no: '' } }]);
    set.clock.advance(90_000);
    expect(set.server.of('productdone')).toHaveLength(3);
  });

  test('survives a restart: after a login, one of the last half hour is sent at once, an older one slowly', () => {
    const set = deaf('productdone');
    const old = sells(set);
    set.machine.stop();
    set.clock.advance(40 * minute);
    set.machine.start();
    set.clock.advance(1_300);
    const fresh = sells(set);
    const before = set.server.of('productdone').length;
    const since = set.clock.elapsed;
    set.machine.stop();
    set.machine.start();
    set.clock.advance(1_300);
    const sent = () => set.server.of('productdone').slice(before);
    expect(sent().map(({ body }) => body['order_no'])).toEqual([fresh['order_no']]);
    set.clock.advance(30 * minute);
    const history = sent().filter(({ body }) => body['order_no'] === old['order_no']);
    expect(history).toMatchObject([{ body: { historyOrder: 1 } }]);
    const waited = ((history[0]?.at ?? 0) - since) / minute;
    expect(waited).toBeGreaterThan(10);
    expect(waited).toBeLessThan(30);
    expect(
      sent().some(({ body }) => body['historyOrder'] === 1 && body['order_no'] === fresh['order_no']),
    ).toBe(false);
  });

  test('of an older time is sent n seconds apart', () => {
    const set = deaf('productdone');
    for (let i = 0; i < 4; i += 1) sells(set);
    set.machine.stop();
    set.clock.advance(40 * minute);
    set.machine.start();
    set.clock.advance(40 * minute);
    const history = set.server.of('productdone').filter(({ body }) => body['historyOrder'] === 1);
    const gaps = new Set(history.slice(1).map(({ at }, i) => at - (history[i]?.at ?? 0)));
    expect([history.length, gaps.size]).toEqual([4, 1]);
    for (const gap of gaps) expect([gap >= 10_000, gap <= 29_000]).toEqual([true, true]);
  });
});

describe('records of refills and of consumption', () => {
  test('are sent once, and after every login until acknowledged, one a second', () => {
    const set = deaf('feedrecord', 'upordrecipe');
    set.machine.technician.refill({ '10009': 200 });
    set.clock.advance(1_000);
    set.machine.technician.refill({ '10016': 50 });
    sells(set);
    set.clock.advance(5 * minute);
    expect([set.server.of('feedrecord').length, set.server.of('upordrecipe').length]).toEqual([2, 1]);
    expect(set.server.of('upordrecipe')[0]?.body['recipe']).toEqual({
      '10009': '0.00',
      '10016': '4.00',
      '10007': '160.00',
    });
    set.server.sends(accepts);
    const since = set.clock.elapsed + 700;
    set.clock.advance(10_000);
    expect(times(set, 'feedrecord', since)).toEqual([0, 1_000]);
    expect(times(set, 'upordrecipe', since)).toEqual([2_000]);
    const [first] = set.server.of('feedrecord');
    set.server.sends({
      cmd: 'feedrecord_r',
      vmc_no: number,
      timestamp: first?.body['timestamp'] ?? null,
      isOk: true,
    });
    set.server.sends({ cmd: 'feedrecord_r', vmc_no: number, timestamp: 'x', isOk: true });
    const before = set.server.of('feedrecord').length;
    set.server.sends(accepts);
    set.clock.advance(10_000);
    expect(set.server.of('feedrecord')).toHaveLength(before + 1);
  });
});

describe('a rinse', () => {
  const rinses = (set: TestMachine): JsonObject => {
    set.machine.technician.rinse();
    set.clock.advance(10_001);
    return set.server.of('rinsingrecord').at(-1)?.body ?? {};
  };

  test('is checked after 5 s, then every 55 s, six times in all; its number and time stay', () => {
    const set = deaf('rinsingrecord');
    rinses(set);
    const since = set.clock.elapsed - 1;
    set.clock.advance(20 * minute);
    expect(times(set, 'rinsingrecord', since)).toEqual([0, 5_000, 60_000, 115_000, 170_000, 225_000]);
    expect(new Set(set.server.of('rinsingrecord').map(({ text }) => text)).size).toBe(1);
  });

  test('ends when acknowledged', () => {
    const set = deaf('rinsingrecord');
    const { c_uid = null } = rinses(set);
    set.clock.advance(6_000);
    set.server.sends({ cmd: 'rinsingrecord_r', c_uid, vmc_no: number });
    set.clock.advance(10 * minute);
    expect(set.server.of('rinsingrecord')).toHaveLength(2);
  });

  test('names its trigger', () => {
    const set = startMachine('android');
    expect(rinses(set)).toMatchObject({ rinsing_way: 'hand', isok: true });
    set.clock.advance(minute);
    set.server.sends({ cmd: 'remote', vmc_no: number, operation: 'rinsing', session_id: 's' });
    set.clock.advance(11_000);
    expect(set.server.of('rinsingrecord').at(-1)?.body).toMatchObject({ rinsing_way: 'remote' });
  });
});

test('neverAcknowledged: as without answers', () => {
  const set = startMachine('android');
  set.machine.setMisbehaviour('neverAcknowledged', true);
  sells(set);
  set.clock.advance(41_000);
  expect(set.server.of('productdone')).toHaveLength(2);
});
