/** A customer's order, from the QR question to the drink or the leaving. */
import { describe, expect, test } from 'vitest';
import type { Sale } from '../../../../src/main/simulator/sales';
import { menu } from '../../../../src/main/simulator/stock';
import { number, startMachine } from '../../../builders/simulatedMachine';

const [product] = menu;
const qr: Sale = { product, payment: 'all', works: true, brewing: 15_000, patience: 40_000 };
const cash: Sale = { ...qr, payment: 'cash' };

describe('an order', () => {
  test('asks as the document has it', () => {
    const { server, machine } = startMachine('linux');
    machine.sales.sell(qr, () => {});
    expect(server.of('qrcode')[0]?.body).toEqual({
      cmd: 'qrcode',
      vmc_no: number,
      qr_type: 'all',
      product_id: product.id,
      Amount: product.price,
      order_no: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  });

  test('no answer: the same order_no after 8 s, three times in all, then the customer leaves', () => {
    const { server, clock, machine } = startMachine('linux', { pace: 0.1 });
    let left = 0;
    machine.sales.sell(qr, () => (left += 1));
    clock.advance(23_000);
    expect(left).toBe(0);
    clock.advance(77_000);
    const asked = server.of('qrcode');
    expect(asked.map(({ at }) => at - (asked[0]?.at ?? 0))).toEqual([0, 8_000, 16_000]);
    expect(new Set(asked.map(({ body }) => body['order_no'])).size).toBe(1);
    expect(left).toBe(1);
  });

  test('answered but never paid: the customer leaves, no drink', () => {
    const { server, clock, machine } = startMachine('linux');
    let left = 0;
    machine.sales.sell(qr, () => (left += 1));
    const { order_no = null } = server.of('qrcode')[0]?.body ?? {};
    server.sends({ cmd: 'qrcode_r', vmc_no: number, qr_type: 'wx_pub', qrcode: 'x', order_no });
    clock.advance(9_000); // beyond the time it would have asked again
    expect(server.of('qrcode')).toHaveLength(1);
    expect(left).toBe(0);
    clock.advance(32_000);
    expect(left).toBe(1);
    expect(server.of('productdone').filter(({ body }) => body['order_no'] === order_no)).toHaveLength(0);
  });

  test('android asks with checkorder whether it was paid; paid there: the drink', () => {
    const { server, clock, machine } = startMachine('android');
    machine.sales.sell(qr, () => {});
    const { order_no = null } = server.of('qrcode')[0]?.body ?? {};
    server.answers['checkorder'] = (body) => [
      {
        cmd: 'checkorder_r',
        vmc_no: number,
        order_no: body['order_no'] ?? null,
        product_id: product.id,
        Amount: product.price,
        paytype: 'alipay',
        paydone: true,
      },
    ];
    server.sends({ cmd: 'qrcode_r', vmc_no: number, qr_type: 'alipay', qrcode: 'x', order_no });
    clock.advance(36_000);
    expect(server.of('checkorder').map(({ body }) => body)).toEqual([
      { cmd: 'checkorder', vmc_no: number, order_no, product_id: product.id },
    ]);
    const done = server.of('productdone').find(({ body }) => body['order_no'] === order_no);
    expect(done?.body).toMatchObject({ isok: true, PayType: 'alipay', nameKey: product.key });
  });

  test('cash needs no question', () => {
    const { server, clock, machine } = startMachine('linux', { pace: 10 });
    machine.sales.sell(cash, () => {});
    clock.advance(1_500);
    expect(server.of('qrcode')).toHaveLength(0);
    const [done] = server.of('productdone');
    expect(done?.body).toEqual({
      cmd: 'productdone',
      vmc_no: number,
      ProductName: product.name,
      ProductId: product.id,
      ProductAmount: product.price,
      PayType: 'cash',
      isok: true,
      order_no: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  });

  test('a price of 0 asks for no payment', () => {
    const { server, clock, machine } = startMachine('linux', { pace: 10 });
    machine.cabinet.setPrice(product.id, 0);
    machine.sales.sell(qr, () => {});
    clock.advance(1_500);
    expect(server.of('qrcode')).toHaveLength(0);
    expect(server.of('productdone')[0]?.body['ProductAmount']).toBe(0);
  });

  test('a drink that fails says why', () => {
    const { server, clock, machine } = startMachine('android', { pace: 10 });
    machine.sales.sell({ ...cash, works: false }, () => {});
    clock.advance(1_500);
    expect(server.of('productdone')[0]?.body).toMatchObject({ isok: false, failreason: 'ERROR:6D00' });
  });

  test('offline the customer leaves at once', () => {
    const { server, machine } = startMachine('linux');
    server.hangsUp();
    let left = 0;
    machine.sales.sell(qr, () => (left += 1));
    expect(left).toBe(1);
  });

  test('one at a time', () => {
    const { server, machine } = startMachine('linux');
    let turnedAway = 0;
    machine.sales.sell(qr, () => {});
    machine.sales.sell(qr, () => (turnedAway += 1));
    expect(server.of('qrcode')).toHaveLength(1);
    expect(turnedAway).toBe(1);
  });
});
