/** Orders of the linux program, which has one order number, the last [field3]. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import type { Purchase } from '../../../../../../src/main/tools/simulator/orders';
import { breakdowns, menu } from '../../../../../../src/main/tools/simulator/stock';
import { number, startMachine, type TestMachine } from '../../../../../builders/simulatedMachine';

const [product] = menu;
const [noCups] = breakdowns;
const latte = 810;
const qr: Purchase = { productId: product.id, payment: 'all', brewing: 15_000, patience: 40_000 };
const cash: Purchase = { ...qr, payment: 'cash' };
const freshNumber = expect.stringMatching(new RegExp(`^\\d{14}${number}[1-9]\\d{4}$`)) as string;
const brewing = 20_001;

const asked = ({ server }: TestMachine): JsonObject => server.of('qrcode').at(-1)?.body ?? {};
const shows = (order_no: unknown, more: JsonObject = {}): JsonObject => ({
  cmd: 'qrcode_r',
  vmc_no: number,
  qr_type: 'wx_pub',
  qrcode: 'x',
  order_no: String(order_no),
  ...more,
});
const pays = (order_no: unknown, more: JsonObject = {}): JsonObject => ({
  cmd: 'pay_done',
  vmc_no: number,
  product_amount: 750,
  order_no: String(order_no),
  paydone: true,
  paytype: 'wx_pub',
  ...more,
});
const orders = (order_no: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'products',
  vmc_no: number,
  order_no,
  product_id: latte,
  fastcode: 213,
  paydone: true,
  paytype: 'fastcode',
  ...more,
});
const sales = ({ server }: TestMachine) =>
  [...new Map(server.of('productdone').map(({ text, body }) => [text, body])).values()].map(
    ({ ProductId, PayType, ProductAmount, isok, order_no, failreason = null }) =>
      [ProductId, PayType, ProductAmount, isok, order_no, failreason] as const,
  );

describe('a customer’s order', () => {
  test('requests a QR text with a number of time, machine and five digits', () => {
    const set = startMachine('linux');
    expect(set.machine.customer.buy(qr)).toBe(true);
    expect(asked(set)).toEqual({
      cmd: 'qrcode',
      vmc_no: number,
      qr_type: 'all',
      product_id: product.id,
      Amount: product.price,
      order_no: freshNumber,
    });
  });

  test('has the amount price times discount, fractions dropped', () => {
    const set = startMachine('linux');
    set.machine.cabinet.setPrice(product.id, 999, { by: 'technician' });
    set.machine.cabinet.setDiscount(95, { by: 'technician' });
    set.machine.customer.buy(qr);
    expect(asked(set)['Amount']).toBe(949);
  });

  test('without an answer: the same number after 8 s, three times in all, then the customer leaves', () => {
    const { server, clock, machine } = startMachine('linux', { pace: 0.1 });
    let left = 0;
    machine.customer.buy({ ...qr, done: () => (left += 1) });
    clock.advance(23_000);
    expect(left).toBe(0);
    clock.advance(77_000);
    const all = server.of('qrcode');
    expect(all.map(({ at }) => at - (all[0]?.at ?? 0))).toEqual([0, 8_000, 16_000]);
    expect(new Set(all.map(({ body }) => body['order_no'])).size).toBe(1);
    expect(left).toBe(1);
  });

  test('shows a text of a known type whose number is the last; then it asks no more', () => {
    const set = startMachine('linux');
    set.machine.customer.buy(qr);
    const { order_no } = asked(set);
    const bad = [
      shows('another'),
      shows(order_no, { qr_type: 'paypal' }),
      shows(order_no, { qrcode: '' }),
      shows(order_no, { qr_type: '' }),
    ];
    for (const message of bad) set.server.sends(message);
    expect(set.deeds.some(({ did }) => did === 'showedQr')).toBe(false);
    // The text's number is not checked.
    set.server.sends(shows(order_no, { vmc_no: 1 }));
    expect(set.deeds.at(-1)).toMatchObject({ did: 'showedQr', orderNo: order_no });
    set.clock.advance(20_000);
    expect(set.server.of('qrcode')).toHaveLength(1);
  });

  test('answered but never paid: the customer leaves; a later payment still makes the drink', () => {
    const set = startMachine('linux');
    let left = 0;
    set.machine.customer.buy({ ...qr, done: () => (left += 1) });
    const { order_no } = asked(set);
    set.server.sends(shows(order_no));
    set.clock.advance(39_000);
    expect(left).toBe(0);
    set.clock.advance(2_000);
    expect(left).toBe(1);
    set.server.sends(pays(order_no));
    set.clock.advance(15_001);
    expect(sales(set)).toEqual([[product.id, 'wx_pub', 750, true, order_no, null]]);
  });

  test('paid: paydone_r at once, then the drink under that number', () => {
    const set = startMachine('linux');
    set.machine.customer.buy(qr);
    const { order_no } = asked(set);
    set.server.sends(pays(order_no));
    expect(set.server.of('paydone_r').map(({ body }) => body)).toEqual([
      { cmd: 'paydone_r', vmc_no: number, order_no, status: 1 },
    ]);
    set.clock.advance(15_001);
    expect(sales(set)).toEqual([[product.id, 'wx_pub', 750, true, order_no, null]]);
    expect(set.deeds.filter(({ did }) => did === 'tookPayment' || did === 'madeDrink')).toMatchObject([
      { did: 'tookPayment', orderNo: order_no, isPaid: true, cause: { by: 'frame', cmd: 'pay_done' } },
      { did: 'madeDrink', orderNo: order_no, cause: { by: 'customer' } },
    ]);
  });

  test.each([
    ['another number', { vmc_no: 1 }],
    ['not paid', { paydone: false }],
    ['another order', { order_no: 'x' }],
  ])('silence at %s', (_what, more) => {
    const set = startMachine('linux');
    set.machine.customer.buy(qr);
    set.server.sends(pays(asked(set)['order_no'], more));
    set.clock.advance(30_000);
    expect(set.server.of('paydone_r')).toEqual([]);
    expect(sales(set)).toEqual([]);
  });

  test('paid by an unlisted type: free, no amount, the number of the payment', () => {
    const set = startMachine('linux');
    set.machine.customer.buy(qr);
    const { order_no } = asked(set);
    set.clock.advance(1_000);
    set.server.sends(pays(order_no, { paytype: ' wx_pub ' }));
    set.clock.advance(15_001);
    expect(sales(set)).toEqual([[product.id, 'free', 0, true, freshNumber, null]]);
    expect(sales(set)[0]?.[4]).not.toBe(order_no);
  });

  test('cash requests nothing and gets its number at the end; so does everything in a machine that gives drinks away', () => {
    const set = startMachine('linux');
    set.machine.customer.buy(cash);
    set.clock.advance(15_001);
    expect(sales(set)).toEqual([[product.id, 'cash', product.price, true, freshNumber, null]]);
    expect(set.server.of('productdone')[0]?.body).not.toHaveProperty('timestamp');

    const free = startMachine('linux', { isFree: true });
    free.machine.customer.buy(qr);
    free.clock.advance(15_001);
    free.server.sends(orders('ours'));
    free.clock.advance(brewing);
    expect(free.server.of('qrcode')).toEqual([]);
    expect(sales(free)).toEqual([
      [product.id, 'free', 0, true, freshNumber, null],
      [latte, 'free', 0, true, freshNumber, null],
    ]);
  });

  test('is made one at a time', () => {
    const set = startMachine('linux');
    expect([set.machine.customer.buy(qr), set.machine.customer.buy(cash)]).toEqual([true, false]);
    set.server.sends(pays(asked(set)['order_no']));
    expect(set.machine.customer.buy(cash)).toBe(false);
    set.clock.advance(15_001);
    expect(set.machine.customer.buy(cash)).toBe(true);
    set.clock.advance(15_001);
    set.machine.technician.enterMenu();
    expect(set.machine.customer.buy(cash)).toBe(false);
  });

  test('reports the reason of a failed drink', () => {
    const set = startMachine('linux');
    set.machine.customer.buy({ ...cash, works: false });
    set.clock.advance(15_001);
    set.machine.customer.buy(cash);
    set.machine.cabinet.setFault(noCups);
    set.clock.advance(15_001);
    expect(sales(set).map(([, , , isOk, , reason]) => [isOk, reason])).toEqual([
      [false, 'ERROR:6D00'],
      [false, noCups.code],
    ]);
  });
});

describe('an order of the server', () => {
  test('is made under its own number', () => {
    const set = startMachine('linux');
    set.server.sends(orders('ours'));
    set.clock.advance(brewing);
    expect(sales(set)).toEqual([[latte, 'fastcode', 0, true, 'ours', null]]);
    expect(set.deeds.at(-1)).toMatchObject({
      did: 'madeDrink',
      orderNo: 'ours',
      cause: { by: 'frame', cmd: 'products', orderNo: 'ours' },
    });
  });

  test('that it can’t make is reported once, acknowledged or not', () => {
    const set = startMachine('linux');
    delete set.server.answers['productdone'];
    set.server.sends(orders('a', { product_id: 4711 }));
    set.machine.cabinet.lock([latte], true, { by: 'technician' });
    set.server.sends(orders('b'));
    set.machine.cabinet.lock([latte], false, { by: 'technician' });
    set.machine.cabinet.setFault(noCups);
    set.server.sends(orders('c'));
    set.clock.advance(10_000);
    expect(set.server.of('productdone')).toHaveLength(3);
    expect(sales(set)).toEqual([
      [4711, 'fastcode', 0, false, 'a', 'can not find this product.'],
      [latte, 'fastcode', 0, false, 'b', 'the product is not in productmenu.'],
      [latte, 'fastcode', 0, false, 'c', 'the product is not available'],
    ]);
    expect(set.server.of('productdone')[0]?.body['ProductName']).toBe('');
  });

  test.each([
    ['of another machine', { vmc_no: 1 }],
    ['not paid', { paydone: false }],
    ['possible', {}],
    ['refused', { product_id: 4711 }],
  ])('%s: the open order ends, and its payment is lost', (_which, more) => {
    const set = startMachine('linux');
    set.machine.customer.buy(qr);
    const { order_no } = asked(set);
    set.server.sends(shows(order_no), orders('ours', more));
    const lost = set.deeds.filter(({ did }) => did === 'lostSale');
    expect(lost).toMatchObject([{ orderNo: order_no, cause: { by: 'frame', cmd: 'products' } }]);
    set.server.sends(pays(order_no));
    set.clock.advance(60_000);
    expect(set.server.of('paydone_r')).toEqual([]);
    expect(set.server.of('productdone').filter(({ body }) => body['ProductId'] === product.id)).toEqual([]);
  });

  test('during a drink: that drink ends under the server’s number, the ordered one as free under another', () => {
    const set = startMachine('linux');
    set.machine.customer.buy(qr);
    const { order_no } = asked(set);
    set.server.sends(pays(order_no));
    set.clock.advance(5_000);
    set.server.sends(orders('ours'));
    set.clock.advance(40_000);
    expect(sales(set)).toEqual([
      [product.id, 'fastcode', 0, true, 'ours', null],
      [latte, 'free', 0, true, freshNumber, null],
    ]);
  });
});

describe('a sale that is not acknowledged', () => {
  const sells = (purchase: Purchase = { ...cash, brewing: 10 }): TestMachine => {
    const set = startMachine('linux');
    delete set.server.answers['productdone'];
    set.machine.customer.buy(purchase);
    set.clock.advance(11);
    return set;
  };
  const acknowledged: JsonObject = { cmd: 'productdone_r', vmc_no: number, order_no: 'any', isOk: true };

  test('is repeated every 3 s until any acknowledgement', () => {
    const set = sells();
    set.clock.advance(9_100);
    const { server } = set;
    const times = server.of('productdone').map(({ at }) => at);
    expect(times.slice(1).map((at, i) => at - (times[i] ?? 0))).toEqual([3_000, 3_000, 3_000]);
    expect(new Set(server.of('productdone').map(({ text }) => text)).size).toBe(1);
    server.sends(acknowledged);
    set.clock.advance(60_000);
    expect(server.of('productdone')).toHaveLength(4);
  });

  test('continues on another connection; a restart drops it', () => {
    const set = sells();
    set.server.dies();
    set.clock.advance(245_000);
    expect(set.server.of('productdone').some(({ connection }) => connection === 2)).toBe(true);
    set.machine.stop();
    set.machine.start();
    const before = set.server.of('productdone').length;
    set.clock.advance(60_000);
    expect(set.server.of('productdone')).toHaveLength(before);
    expect(set.deeds.filter(({ did }) => did === 'lostSale')).toMatchObject([{ why: 'restart' }]);
  });

  test('is lost with the next customer’s QR request', () => {
    const set = sells();
    const [{ body: first } = { body: {} }] = set.server.of('productdone');
    set.machine.customer.buy(qr);
    const before = set.server.of('productdone').length;
    set.clock.advance(60_000);
    expect(set.server.of('productdone')).toHaveLength(before);
    expect(set.deeds.filter(({ did }) => did === 'lostSale')).toMatchObject([
      { orderNo: (first as JsonObject)['order_no'], cause: { by: 'customer' } },
    ]);
  });

  test('is lost with the next sale', () => {
    const set = sells();
    set.clock.advance(1_000);
    set.machine.customer.buy({ ...cash, brewing: 10, productId: latte });
    set.clock.advance(11);
    set.clock.advance(9_000);
    const ids = set.server.of('productdone').map(({ body }) => body['ProductId']);
    expect(ids).toEqual([product.id, latte, latte, latte, latte]);
    expect(set.deeds.filter(({ did }) => did === 'lostSale')).toHaveLength(1);
  });

  test('neverAcknowledged: as without answers', () => {
    const set = startMachine('linux');
    set.machine.setMisbehaviour('neverAcknowledged', true);
    set.machine.customer.buy({ ...cash, brewing: 10 });
    set.clock.advance(9_100);
    expect(set.server.of('productdone')).toHaveLength(4);
  });
});

test('a restart and a pick-up code lose the number of an open order', () => {
  for (const what of ['restart', 'code'] as const) {
    const set = startMachine('linux');
    set.machine.customer.buy(qr);
    const { order_no } = asked(set);
    if (what === 'code') set.machine.customer.enterCode('123456');
    else {
      set.machine.stop();
      set.machine.start();
      set.clock.advance(10);
    }
    set.server.sends(pays(order_no));
    expect(set.server.of('paydone_r'), what).toEqual([]);
    expect(
      set.deeds.filter(({ did }) => did === 'lostSale'),
      what,
    ).toHaveLength(1);
  }
});

test('a technician’s drink is a test under its own number', () => {
  const set = startMachine('linux');
  set.machine.technician.brew(latte);
  set.clock.advance(brewing);
  expect(sales(set)).toEqual([[latte, 'test', 0, true, freshNumber, null]]);
  expect(set.deeds.at(-1)).toMatchObject({ did: 'madeDrink', cause: { by: 'technician' } });
});
