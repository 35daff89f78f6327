/** Resends until acknowledged: each platform its own way. */
import { describe, expect, test } from 'vitest';
import { breakdowns } from '../../../../src/main/simulator/stock';
import { menu } from '../../../../src/main/simulator/stock';
import { number, startMachine } from '../../../builders/simulatedMachine';

const still = { pace: 0.01 };
const [espresso] = menu;
const [noCups] = breakdowns;
const cash = { product: espresso, payment: 'cash', works: true, brewing: 10, patience: 0 } as const;
const steps = (at: readonly number[]) => at.slice(1).map((value, i) => value - (at[i] ?? 0));

describe('linux', () => {
  test('productdone every 3 s until productdone_r', () => {
    const { server, clock, machine } = startMachine('linux', still);
    delete server.answers['productdone'];
    machine.sales.sell(cash, () => {});
    clock.advance(1_000 + 9_500);
    const done = server.of('productdone');
    expect(steps(done.map(({ at }) => at))).toEqual([3_000, 3_000, 3_000]);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    const orderNo = done[0]?.body['order_no'] ?? null;
    server.sends({ cmd: 'productdone_r', vmc_no: number, order_no: 'another', isOk: true });
    clock.advance(3_000);
    expect(server.of('productdone')).toHaveLength(5);
    server.sends({ cmd: 'productdone_r', vmc_no: number, order_no: orderNo, isOk: true });
    clock.advance(60_000);
    expect(server.of('productdone')).toHaveLength(5);
  });

  test('errors every 3 s until error_r', () => {
    const { server, clock, machine } = startMachine('linux', still);
    delete server.answers['error'];
    machine.cabinet.setFault(noCups);
    clock.advance(6_500);
    expect(steps(server.of('error').map(({ at }) => at))).toEqual([3_000, 3_000]);
    server.sends({ cmd: 'error_r', vmc_no: number });
    clock.advance(60_000);
    expect(server.of('error')).toHaveLength(3);
    expect(machine.cabinet.records.pending).toBe(0);
  });

  test('many unacknowledged: the oldest is repeated, never a growing flood', () => {
    const { server, clock, machine } = startMachine('linux', still);
    delete server.answers['productdone'];
    for (let i = 0; i < 300; i += 1) machine.sales.sell(cash, () => {});
    clock.advance(1_000);
    expect(server.of('productdone')).toHaveLength(300);
    expect(machine.cabinet.records.pending).toBe(100);
    clock.advance(30_000);
    expect(server.of('productdone').length - 300).toBeLessThanOrEqual(11);
  });

  test('sent again after a lost connection, forgotten by a restart', () => {
    const { server, clock, machine } = startMachine('linux', { pace: 1 });
    delete server.answers['productdone'];
    machine.sales.sell({ ...cash, brewing: 1 }, () => {});
    clock.advance(5);
    server.hangsUp();
    clock.advance(5_000);
    expect(server.of('productdone').filter(({ connection }) => connection === 2).length).toBeGreaterThan(0);
    machine.stop();
    machine.start();
    expect(machine.cabinet.records.pending).toBe(0);
  });

  test('neverAcknowledged: goes on as if nobody had answered', () => {
    const { server, clock, machine } = startMachine('linux', still);
    machine.setMisbehaviour('neverAcknowledged', true);
    machine.cabinet.setFault(noCups);
    clock.advance(30_500);
    expect(server.of('error')).toHaveLength(11);
    machine.setMisbehaviour('neverAcknowledged', false);
    clock.advance(60_000);
    expect(server.of('error')).toHaveLength(12);
  });
});

describe('android', () => {
  test('orders are stored over a restart, sent again and counted', () => {
    const { server, clock, machine } = startMachine('android', still);
    const { productdone } = server.answers;
    delete server.answers['productdone'];
    machine.sales.sell(cash, () => {});
    clock.advance(61_500);
    expect(server.of('productdone').map(({ body }) => body['order_resend_times'])).toEqual([0, 1, 2]);
    machine.stop();
    machine.start();
    clock.advance(5);
    expect(server.of('productdone').map(({ body }) => body['order_resend_times'])).toEqual([0, 1, 2, 3]);
    expect(new Set(server.of('productdone').map(({ body }) => body['order_no'])).size).toBe(1);
    if (productdone !== undefined) server.answers['productdone'] = productdone;
    clock.advance(600_000);
    expect(server.of('productdone')).toHaveLength(5);
    expect(machine.cabinet.records.pending).toBe(0);
  });

  test('sold while offline: reported after the reconnect', () => {
    const { server, clock, machine } = startMachine('android', still);
    server.hangsUp();
    machine.sales.sell(cash, () => {});
    clock.advance(2_000);
    expect(server.of('productdone')).toHaveLength(0);
    clock.advance(600_000);
    expect(server.of('productdone')).toHaveLength(1);
  });

  test('errors are sent once', () => {
    const { server, clock, machine } = startMachine('android', still);
    delete server.answers['error'];
    machine.cabinet.setFault(noCups);
    clock.advance(60_000);
    expect(server.of('error')).toHaveLength(1);
  });
});
