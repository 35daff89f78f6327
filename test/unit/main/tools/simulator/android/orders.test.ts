/** Orders of the android program [field3]. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import type { Purchase } from '../../../../../../src/main/tools/simulator/orders';
import { breakdowns, menu } from '../../../../../../src/main/tools/simulator/stock';
import { number, startMachine, type TestMachine } from '../../../../../builders/simulatedMachine';

const [product] = menu;
const [noCups] = breakdowns;
const latte = 810;
const qr: Purchase = { productId: product.id, payment: 'all', brewing: 15_000, patience: 40_000 };
const ownNumber = expect.stringMatching(new RegExp(`^\\d{14}${number}[1-9]\\d{4}$`)) as string;
const brewing = 20_001;

const noted: string[] = [];
const start = (options: Parameters<typeof startMachine>[1] = {}): TestMachine => {
  noted.length = 0;
  return startMachine('android', {
    notifyBase: 'http://192.0.2.1',
    fetch: (url) => {
      const { searchParams } = new URL(url);
      noted.push(`${searchParams.get('status') ?? ''} ${searchParams.get('reason') ?? ''}`);
      return Promise.resolve({ status: 200, text: 'ok' });
    },
    ...options,
  });
};
const asked = ({ server }: TestMachine): JsonObject => server.of('qrcode').at(-1)?.body ?? {};
const pays = (order_no: unknown, more: JsonObject = {}): JsonObject => ({
  cmd: 'pay_done',
  vmc_no: number,
  product_amount: 750,
  order_no: String(order_no),
  paydone: true,
  paytype: 'wx_pub',
  ...more,
});
const orders = (more: JsonObject = {}): JsonObject => ({
  cmd: 'products',
  vmc_no: number,
  order_no: 'ours',
  product_id: latte,
  paydone: true,
  session_id: 's1',
  ...more,
});
const free = (more: JsonObject = {}): JsonObject => ({
  cmd: 'remote',
  operation: 'products',
  vmc_no: number,
  product_id: latte,
  session_id: 's2',
  ...more,
});
const sales = ({ server }: TestMachine) =>
  server
    .of('productdone')
    .map(
      ({ body: { ProductId, PayType, ProductAmount, isok, order_no, failreason = null } }) =>
        [ProductId, PayType, ProductAmount, isok, order_no, failreason] as const,
    );

describe('a customer’s order', () => {
  test('has its own number; when paid, the consumption is reported first, then the drink', () => {
    const set = start();
    set.machine.customer.buy(qr);
    const { order_no = null } = asked(set);
    expect(order_no).toEqual(ownNumber);
    set.server.sends({
      cmd: 'qrcode_r',
      vmc_no: number,
      qr_type: 'any',
      qrcode: 'x',
      order_no,
    });
    set.server.sends(pays('another'));
    set.server.sends(pays(order_no));
    set.clock.advance(15_001);
    expect(sales(set)).toEqual([[product.id, 'wx_pub', product.price, true, order_no, null]]);
    const last = set.server.received.slice(-2).map(({ body }) => body['cmd']);
    expect(last).toEqual(['upordrecipe', 'productdone']);
    expect(set.server.of('productdone')[0]?.body).toMatchObject({
      nameKey: product.key,
      order_resend_times: 0,
    });
    // This build does not answer it.
    expect(set.server.of('paydone_r')).toEqual([]);
    expect(set.deeds.filter(({ did }) => did !== 'reportedSupplies').slice(-3)).toMatchObject([
      { did: 'showedQr', orderNo: order_no },
      { did: 'tookPayment', orderNo: order_no, isPaid: true },
      { did: 'madeDrink', orderNo: order_no, cause: { by: 'customer' } },
    ]);
  });

  test('it asks whether the order was paid, and accepts that answer', () => {
    const set = start();
    set.machine.customer.buy(qr);
    const { order_no = null } = asked(set);
    set.server.answers['checkorder'] = (body) => [
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
    set.server.sends({ cmd: 'qrcode_r', vmc_no: number, qr_type: 'alipay', qrcode: 'x', order_no });
    set.clock.advance(36_000);
    expect(set.server.of('checkorder').map(({ body }) => body)).toEqual([
      { cmd: 'checkorder', vmc_no: number, order_no, product_id: product.id },
    ]);
    expect(sales(set)).toMatchObject([[product.id, 'alipay', product.price, true, order_no, null]]);
  });

  test('without an answer: the same number after 8 s, three times in all, then the customer leaves', () => {
    const set = start({ pace: 0.1 });
    let left = 0;
    set.clock.advance(10_000);
    set.machine.customer.buy({ ...qr, done: () => (left += 1) });
    set.clock.advance(25_000);
    const all = set.server.of('qrcode');
    expect(all.map(({ at }) => at - (all[0]?.at ?? 0))).toEqual([0, 8_000, 16_000]);
    expect(new Set(all.map(({ body }) => body['order_no'])).size).toBe(1);
    expect(left).toBe(1);
  });

  test.each(['face', 'cashless'] as const)('%s: any success is accepted, for any order', (payment) => {
    const set = start();
    set.machine.customer.buy({ ...qr, payment });
    expect(set.server.of('qrcode')).toEqual([]);
    set.server.sends(pays('of somebody else'));
    set.clock.advance(15_001);
    expect(sales(set)).toEqual([[product.id, 'wx_pub', product.price, true, ownNumber, null]]);
  });

  test('cashless: the reader pays on its own; face: a failure ends it with a reason', () => {
    const set = start();
    set.machine.customer.buy({ ...qr, payment: 'cashless' });
    set.clock.advance(35_001);
    expect(sales(set)).toMatchObject([[product.id, 'mdb_cashless', product.price, true, ownNumber, null]]);
    set.machine.customer.buy({ ...qr, payment: 'face' });
    set.server.sends(pays('x', { paydone: false }));
    expect(sales(set).at(-1)).toEqual([product.id, 'wx_pub', product.price, false, ownNumber, 'ERROR:Z0047']);
    expect(set.machine.customer.buy(qr)).toBe(true);
  });

  test('a build that answers payments and orders', () => {
    const set = start({ answersOrders: true });
    set.machine.customer.buy(qr);
    const { order_no } = asked(set);
    set.server.sends(pays(order_no));
    expect(set.server.of('paydone_r')).toMatchObject([{ body: { order_no, status: 1 } }]);
  });

  test('a code payment type orders a drink', () => {
    const set = start();
    set.server.sends(pays('ours', { paytype: 'fastcode', product_id: latte }));
    set.clock.advance(brewing);
    expect(sales(set)).toEqual([[latte, 'fastcode', 0, true, 'ours', null]]);
  });

  test('no order in the management screen, while brewing, or for a locked or missing product', () => {
    const { machine } = start();
    machine.technician.enterMenu();
    expect(machine.customer.buy(qr)).toBe(false);
    machine.technician.leaveMenu();
    machine.cabinet.lock([product.id], true, { by: 'technician' });
    expect(machine.customer.buy(qr)).toBe(false);
    machine.technician.refill({ '10009': -9_999 });
    expect(machine.customer.buy({ ...qr, productId: latte })).toBe(false);
  });
});

describe('products', () => {
  test('notice first; made under the message’s number', async () => {
    const set = start();
    set.server.sends(orders());
    set.clock.advance(10_000);
    await Promise.resolve();
    expect(noted).toEqual(['1 SC']);
    set.clock.advance(brewing);
    expect(sales(set)).toEqual([[latte, 'fastcode', 0, true, 'ours', null]]);
    expect(set.deeds.at(-1)).toMatchObject({ did: 'madeDrink', cause: { by: 'frame', session: 's1' } });
  });

  test('unknown or sold out: reported once, acknowledged or not', () => {
    const set = start();
    delete set.server.answers['productdone'];
    set.server.sends(orders({ product_id: 4_711 }));
    set.clock.advance(100_000);
    expect(sales(set)).toEqual([[4_711, 'fastcode', 0, false, 'ours', 'can not find this product.']]);
  });

  test.each([
    ['in its management screen', (set: TestMachine) => set.machine.technician.enterMenu(), {}],
    ['while it brews', (set: TestMachine) => set.machine.technician.brew(701), {}],
    ['not paid', () => undefined, { paydone: false }],
    ['without the setting', () => undefined, {}],
    ['while a customer orders', (set: TestMachine) => void set.machine.customer.buy(qr), {}],
  ])('%s: no effect', (what, before, more) => {
    const set = start({ allowsProducts: !what.startsWith('without') });
    before(set);
    set.server.sends(orders(more));
    set.clock.advance(60_000);
    expect(sales(set).filter(([id]) => id === latte)).toEqual([]);
  });
});

describe('remote products', () => {
  test('a free drink under its own number; the notice reports the start', async () => {
    const set = start();
    set.server.sends(free({ order_no: 'ours' }));
    set.clock.advance(10_000);
    await Promise.resolve();
    set.clock.advance(brewing);
    expect(sales(set)).toEqual([[latte, 'remote_production', 0, true, ownNumber, null]]);
    expect(noted).toEqual(['1 SC']);
    expect(set.deeds.at(-1)).toMatchObject({
      did: 'madeDrink',
      payType: 'remote_production',
      cause: { by: 'frame', cmd: 'remote', operation: 'products', orderNo: 'ours' },
    });
  });

  test.each([
    ['Z0022', () => undefined, { product_id: 4_711 }],
    ['Z0023', (set: TestMachine) => set.machine.technician.enterMenu(), {}],
    ['Z0024', (set: TestMachine) => set.machine.technician.brew(701), {}],
    ['Z0025', (set: TestMachine) => set.machine.cabinet.setFault(noCups), {}],
    [
      'Z0026',
      (set: TestMachine) => {
        set.clock.advance(5_000);
        set.server.sends({ cmd: 'discount', vmc_no: number, discount: 100 });
      },
      {},
    ],
    ['Z0027', (set: TestMachine) => void set.machine.customer.buy(qr), {}],
    ['Z0028', (set: TestMachine) => set.machine.technician.refill({ '10009': -9_999 }), {}],
  ])('%s: refused, by notice and as a failed drink', async (reason, before, more) => {
    const set = start();
    before(set);
    set.server.sends(free(more));
    expect(sales(set).at(-1)).toMatchObject([
      expect.anything(),
      'remote_production',
      0,
      false,
      ownNumber,
      reason,
    ]);
    set.clock.advance(10_000);
    await Promise.resolve();
    expect(noted).toEqual([`0 ${reason}`]);
  });
});

test('a technician’s drink is a test', () => {
  const set = start();
  set.machine.technician.brew(latte);
  set.clock.advance(brewing);
  expect(sales(set)).toEqual([[latte, 'test', 0, true, ownNumber, null]]);
  expect(set.deeds.at(-1)).toMatchObject({ did: 'madeDrink', cause: { by: 'technician' } });
});
