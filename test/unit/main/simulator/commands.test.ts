/** Every command of the protocol is obeyed and shows its proof. HTTP is in the integration test. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { breakdowns, menu } from '../../../../src/main/simulator/stock';
import { number, startMachine, type TestMachine } from '../../../builders/simulatedMachine';

const [espresso] = menu;
const [noCups] = breakdowns;
/** As long as a restart takes. */
const restart = 81_000;

const linux = (cmd: string, more: JsonObject = {}): JsonObject => ({ cmd, vmc_no: number, ...more });
const android = (operation: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'remote',
  vmc_no: number,
  operation,
  session_id: 's1',
  ...more,
});
const statuses = ({ server }: TestMachine, since: number) =>
  server
    .of('machinestatus')
    .filter(({ at }) => at >= since)
    .map(({ body }) => body['status']);
const asks = ({ sales }: TestMachine['machine'], product = espresso) =>
  sales.sell({ product, payment: 'all', works: true, brewing: 100, patience: 50_000 }, () => {});

describe.each([
  ['linux', linux],
  ['android', android],
] as const)('%s', (platform, command) => {
  test('opendoor: dooropen, later doorclose', () => {
    const setup = startMachine(platform);
    setup.server.sends(command('opendoor'));
    const since = setup.clock.elapsed;
    setup.clock.advance(2_000);
    expect(statuses(setup, since)).toEqual(['dooropen']);
    setup.clock.advance(31_000);
    expect(statuses(setup, since)).toContain('doorclose');
  });

  test('reboot: closes, comes back with a login', () => {
    const setup = startMachine(platform);
    setup.server.sends(command('reboot'));
    setup.clock.advance(1_500);
    expect(setup.server.closings).toHaveLength(1);
    expect(setup.machine.status).toBe('off');
    setup.clock.advance(restart);
    expect(setup.server.of('login').map(({ connection }) => connection)).toEqual([1, 2]);
    expect(setup.machine.status).toBe('ready');
  });

  test('products: the drink comes out', () => {
    const { server, clock } = startMachine(platform, { pace: 10 });
    server.sends(
      command('products', {
        ...(platform === 'linux' && { order_no: 'ours' }),
        product_id: 810,
        fastcode: 213,
        paydone: true,
        paytype: 'fastcode',
      }),
    );
    clock.advance(2_100);
    const way = platform === 'linux' ? 'fastcode' : 'remote_production';
    const done = server.of('productdone').filter(({ body }) => body['PayType'] === way);
    expect(done).toHaveLength(1);
    expect(done[0]?.body).toMatchObject({
      ProductId: 810,
      ProductName: '拿铁',
      isok: true,
      order_no: expect.stringMatching(platform === 'linux' ? /^ours$/ : /^\d{14}/) as string,
    });
    expect(done[0]?.body['failreason']).toBeUndefined();
  });

  test('products in fault, or unknown: isok false with a reason', () => {
    const { server, machine } = startMachine(platform);
    server.sends(command('products', { product_id: 4711, paydone: true }));
    machine.cabinet.setFault(noCups);
    server.sends(command('products', { product_id: 810, paydone: true }));
    expect(server.of('productdone').map(({ body }) => body)).toMatchObject([
      { ProductId: 4711, isok: false, failreason: 'can not find this product.' },
      { ProductId: 810, isok: false, failreason: noCups.code },
    ]);
  });

  test('priceset and discount: the new Amount, on linux after a restart', () => {
    const { server, clock, machine } = startMachine(platform);
    const restarts = platform === 'linux' ? 1 : 0;
    const next = (): unknown => {
      asks(machine);
      return server.of('qrcode').at(-1)?.body['Amount'];
    };
    const price = [
      [espresso.id, 700, 0],
      [99, 1, 0],
    ];
    server.sends(linux('priceset', { price }));
    clock.advance(restart);
    expect(server.of('login')).toHaveLength(1 + restarts);
    expect(next()).toBe(700);
    expect(server.of('qrcode').at(-1)?.body).toMatchObject({ product_id: espresso.id });
    server.sends(linux('discount', { discount: 80 }));
    clock.advance(restart);
    expect(server.of('login')).toHaveLength(1 + 2 * restarts);
    expect(next()).toBe(560);
    // android drops the product's discount with its new price [field].
    server.sends(linux('priceset', { price }));
    clock.advance(restart);
    expect(next()).toBe(platform === 'linux' ? 560 : 700);
    server.sends(linux('discount', { discount: 50 }));
    clock.advance(restart);
    expect(next()).toBe(350);
  });

  test('nonsense in priceset and discount changes nothing; 0 per cent is none on android', () => {
    const { server, clock, machine } = startMachine(platform);
    server.sends(linux('discount', { discount: platform === 'linux' ? 0 : -1 }));
    server.sends(linux('priceset', { price: 'cheap' }));
    clock.advance(restart);
    asks(machine);
    expect(server.of('qrcode').at(-1)?.body).toMatchObject({ Amount: espresso.price });
  });

  test('pay_done: paydone_r, then the drink; with paydone false only the first', () => {
    for (const paid of [true, false]) {
      const { server, clock, machine } = startMachine(platform);
      asks(machine);
      const { order_no = null, Amount = null } = server.of('qrcode')[0]?.body ?? {};
      server.sends(linux('qrcode_r', { qr_type: 'wx_pub', qrcode: 'weixin://x', order_no }));
      server.sends(
        linux('pay_done', { product_amount: Amount, order_no, paydone: paid, paytype: ' wx_pub ' }),
      );
      clock.advance(200);
      expect(server.of('paydone_r').map(({ body }) => body)).toEqual([
        { cmd: 'paydone_r', vmc_no: number, order_no, status: 1 },
      ]);
      expect(server.of('productdone').map(({ body }) => body)).toMatchObject(
        paid ? [{ order_no, isok: true, PayType: 'wx_pub', ProductAmount: espresso.price }] : [],
      );
    }
  });

  test('pay_done for an order it does not know: nothing', () => {
    const { server, clock } = startMachine(platform);
    server.sends(
      linux('pay_done', { product_amount: 1, order_no: 'unknown', paydone: true, paytype: 'wx_pub' }),
    );
    clock.advance(200);
    expect(server.of('paydone_r')).toHaveLength(0);
  });
});

test('linux: statusquery and querysupplies are answered by machinestatus', () => {
  const setup = startMachine('linux');
  const since = setup.clock.elapsed;
  setup.server.sends(linux('statusquery'), linux('querysupplies'));
  expect(statuses(setup, since)).toEqual(['normal', 'supply']);
});

test('android: sync makes it connect anew and report everything', () => {
  const setup = startMachine('android');
  const since = setup.clock.elapsed;
  setup.server.sends(android('sync'));
  setup.clock.advance(5_000);
  expect(setup.server.of('login').map(({ body }) => body['login_count'])).toEqual([2, 4]);
  expect(statuses(setup, since)).toEqual(['doorclose', 'supply']);
});

test('rinsing: a rinsingrecord on android, until it is acknowledged; nothing on linux', () => {
  const old = startMachine('linux', { pace: 10 });
  old.server.sends(linux('rinsing'));
  old.clock.advance(5_000);
  expect(old.server.of('rinsingrecord')).toHaveLength(0);

  const { server, clock, machine } = startMachine('android', { pace: 10 });
  delete server.answers['rinsingrecord'];
  server.sends(android('rinsing'));
  clock.advance(1_100);
  expect(server.of('rinsingrecord')).toHaveLength(1);
  const { c_uid = null } = server.of('rinsingrecord')[0]?.body ?? {};
  expect(server.of('rinsingrecord')[0]?.body).toMatchObject({ isok: true, vmc_no: number });
  clock.advance(30_000);
  expect(server.of('rinsingrecord')).toHaveLength(2);
  server.sends({ cmd: 'rinsingrecord_r', c_uid, vmc_no: number });
  clock.advance(60_000);
  expect(server.of('rinsingrecord')).toHaveLength(2);
  machine.stop();
});

test('android does not know the bare commands, linux not the remote ones', () => {
  const newer = startMachine('android');
  newer.server.sends(linux('opendoor'), linux('reboot'));
  newer.clock.advance(2_000);
  expect(newer.machine.cabinet.door).toBe('closed');
  expect(newer.server.connections).toBe(1);
  const older = startMachine('linux');
  older.server.sends(android('opendoor'), android('reboot'));
  older.clock.advance(2_000);
  expect(older.machine.cabinet.door).toBe('closed');
  expect(older.server.connections).toBe(1);
});

test('a linux machine that spells it "door open"', () => {
  const { server, clock, machine } = startMachine('linux', { rareSpelling: true });
  server.sends(linux('opendoor'));
  clock.advance(2_000);
  expect(machine.cabinet.door).toBe('closed');
  server.sends(linux('door open'));
  clock.advance(2_000);
  expect(machine.cabinet.door).toBe('open');
});

test('names that every object has are no commands', () => {
  for (const platform of ['linux', 'android'] as const) {
    const { server, machine } = startMachine(platform);
    for (const cmd of ['constructor', '__proto__', 'toString']) server.sends(linux(cmd), android(cmd));
    expect(machine.status).toBe('ready');
  }
});
