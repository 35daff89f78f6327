/** Every command of the protocol is obeyed and shows its proof. HTTP is in the integration test. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { breakdowns, menu } from '../../../../src/main/simulator/stock';
import { number, stage, type Stage } from './stage';

const [espresso] = menu;
const [noCups] = breakdowns;
/** Long enough for anything commanded, too short for most acts of its own. */
const soon = 9_500;

const linux = (cmd: string, more: JsonObject = {}): JsonObject => ({ cmd, vmc_no: number, ...more });
const android = (operation: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'remote',
  vmc_no: number,
  operation,
  session_id: 's1',
  ...more,
});
const statuses = ({ server }: Stage, since: number) =>
  server
    .of('machinestatus')
    .filter(({ at }) => at >= since)
    .map(({ body }) => body['status']);
const asks = ({ shop }: Stage['machine'], product = espresso) =>
  shop.sell({ product, payment: 'all', works: true, brewing: 100, patience: 50_000 }, () => {});

describe.each([
  ['linux', linux],
  ['android', android],
] as const)('%s', (platform, command) => {
  test('opendoor: dooropen, later doorclose', () => {
    const scene = stage(platform);
    scene.server.tells(command('opendoor'));
    const since = scene.clock.elapsed;
    scene.clock.advance(2_000);
    expect(statuses(scene, since)).toEqual(['dooropen']);
    scene.clock.advance(31_000);
    expect(statuses(scene, since)).toContain('doorclose');
  });

  test('reboot: closes, comes back with a login', () => {
    const scene = stage(platform);
    scene.server.tells(command('reboot'));
    scene.clock.advance(1_500);
    expect(scene.server.closings).toHaveLength(1);
    expect(scene.machine.status).toBe('off');
    scene.clock.advance(8_000);
    expect(scene.server.of('login').map(({ connection }) => connection)).toEqual([1, 2]);
    expect(scene.machine.status).toBe('ready');
  });

  test('products: the drink comes out', () => {
    const { server, clock } = stage(platform, { pace: 10 });
    server.tells(command('products', { product_id: 810, fastcode: 213, paydone: true, paytype: 'fastcode' }));
    clock.advance(2_100);
    const done = server.of('productdone').filter(({ body }) => body['PayType'] === 'fastcode');
    expect(done).toHaveLength(1);
    expect(done[0]?.body).toMatchObject({ ProductId: 810, ProductName: '拿铁', isok: true });
    expect(done[0]?.body['failreason']).toBeUndefined();
  });

  test('products in fault, or unknown: isok false with a reason', () => {
    const { server, machine } = stage(platform);
    server.tells(command('products', { product_id: 4711, paydone: true }));
    machine.cabinet.trouble(noCups);
    server.tells(command('products', { product_id: 810, paydone: true }));
    expect(server.of('productdone').map(({ body }) => body)).toMatchObject([
      { ProductId: 4711, isok: false, failreason: 'no such product' },
      { ProductId: 810, isok: false, failreason: noCups.code },
    ]);
  });

  test('priceset and discount: restart, then the new Amount', () => {
    const { server, clock, machine } = stage(platform);
    server.tells(
      linux('priceset', {
        price: [
          [espresso.id, 700, 0],
          [99, 1, 0],
        ],
      }),
    );
    clock.advance(soon);
    expect(server.of('login')).toHaveLength(2);
    asks(machine);
    expect(server.of('qrcode').at(-1)?.body).toMatchObject({ product_id: espresso.id, Amount: 700 });
    server.tells(linux('discount', { discount: 80 }));
    clock.advance(soon);
    expect(server.of('login')).toHaveLength(3);
    asks(machine);
    expect(server.of('qrcode').at(-1)?.body).toMatchObject({ Amount: 560 });
  });

  test('nonsense in priceset and discount changes nothing', () => {
    const { server, clock, machine } = stage(platform);
    server.tells(linux('discount', { discount: 0 }));
    server.tells(linux('priceset', { price: 'cheap' }));
    clock.advance(soon);
    asks(machine);
    expect(server.of('qrcode').at(-1)?.body).toMatchObject({ Amount: espresso.price });
  });

  test('pay_done: paydone_r, then the drink; with paydone false only the first', () => {
    for (const paid of [true, false]) {
      const { server, clock, machine } = stage(platform);
      asks(machine);
      const { order_no = null, Amount = null } = server.of('qrcode')[0]?.body ?? {};
      server.tells(linux('qrcode_r', { qr_type: 'wx_pub', qrcode: 'weixin://x', order_no }));
      server.tells(
        linux('pay_done', { product_amount: Amount, order_no, paydone: paid, paytype: ' wx_pub ' }),
      );
      clock.advance(200);
      expect(server.of('paydone_r').map(({ body }) => body)).toEqual([
        { cmd: 'paydone_r', vmc_no: number, order_no },
      ]);
      expect(server.of('productdone').map(({ body }) => body)).toMatchObject(
        paid ? [{ order_no, isok: true, PayType: 'wx_pub', ProductAmount: espresso.price }] : [],
      );
    }
  });

  test('pay_done for an order it does not know: nothing', () => {
    const { server, clock } = stage(platform);
    server.tells(
      linux('pay_done', { product_amount: 1, order_no: 'unknown', paydone: true, paytype: 'wx_pub' }),
    );
    clock.advance(200);
    expect(server.of('paydone_r')).toHaveLength(0);
  });
});

test('linux: statusquery and querysupplies are answered by machinestatus', () => {
  const scene = stage('linux');
  const since = scene.clock.elapsed;
  scene.server.tells(linux('statusquery'), linux('querysupplies'));
  expect(statuses(scene, since)).toEqual(['doorclose', 'supply']);
});

test('android: supplys and sync are answered by machinestatus', () => {
  const scene = stage('android');
  const since = scene.clock.elapsed;
  scene.server.tells(android('supplys'));
  expect(statuses(scene, since)).toEqual(['supply']);
  scene.server.tells(android('sync'));
  expect(statuses(scene, since)).toEqual(['supply', 'doorclose', 'supply']);
});

test('rinsing: a rinsingrecord on android, until it is acknowledged; nothing on linux', () => {
  const old = stage('linux', { pace: 10 });
  old.server.tells(linux('rinsing'));
  old.clock.advance(5_000);
  expect(old.server.of('rinsingrecord')).toHaveLength(0);

  const { server, clock, machine } = stage('android', { pace: 10 });
  delete server.answers['rinsingrecord'];
  server.tells(android('rinsing'));
  clock.advance(1_100);
  expect(server.of('rinsingrecord')).toHaveLength(1);
  const { c_uid = null } = server.of('rinsingrecord')[0]?.body ?? {};
  expect(server.of('rinsingrecord')[0]?.body).toMatchObject({ isok: true, vmc_no: number });
  clock.advance(30_000);
  expect(server.of('rinsingrecord')).toHaveLength(2);
  server.tells({ cmd: 'rinsingrecord_r', c_uid, vmc_no: number });
  clock.advance(60_000);
  expect(server.of('rinsingrecord')).toHaveLength(2);
  machine.stop();
});

test('android does not know the bare commands, linux not the remote ones', () => {
  const newer = stage('android');
  newer.server.tells(linux('opendoor'), linux('reboot'));
  newer.clock.advance(2_000);
  expect(newer.machine.cabinet.door).toBe('closed');
  expect(newer.server.connections).toBe(1);
  const older = stage('linux');
  older.server.tells(android('opendoor'), android('reboot'));
  older.clock.advance(2_000);
  expect(older.machine.cabinet.door).toBe('closed');
  expect(older.server.connections).toBe(1);
});

test('a linux machine that spells it "door open"', () => {
  const { server, clock, machine } = stage('linux', { doorCommand: 'door open' });
  server.tells(linux('opendoor'));
  clock.advance(2_000);
  expect(machine.cabinet.door).toBe('closed');
  server.tells(linux('door open'));
  clock.advance(2_000);
  expect(machine.cabinet.door).toBe('open');
});

test('names that every object has are no commands', () => {
  for (const platform of ['linux', 'android'] as const) {
    const { server, machine } = stage(platform);
    for (const cmd of ['constructor', '__proto__', 'toString']) server.tells(linux(cmd), android(cmd));
    expect(machine.status).toBe('ready');
  }
});
