/** Drinks that a server ordered: their orders are marked so, and have no price. */
import { describe, expect, it } from 'vitest';
import { priceZero } from '#shared/diagnosis/orders';
import { login as loginRow } from '#shared/messages/login';
import { productdone } from '#shared/messages/productdone';
import { defaultMachineConfig } from '#shared/model/machine';
import { machineRow } from '../../../../../src/main/core/state/machineRow';
import { like, loggedIn, stateOf, vmc_no } from '../../../../builders/loggedIn';
import { playbook, type Playbook } from '../../../../builders/playbook';

const { linuxDriverVersion: _linux, ...plain } = loginRow.example;
const android = (): Playbook =>
  playbook()
    .receives({ ...plain, io_version: '9', login_count: 2 })
    .claims(vmc_no)
    .answers('login_r');

const order = { product_id: 810, fastcode: 213, paydone: true, paytype: 'fastcode' };
const products = { cmd: 'products', vmc_no, order_no: '7001', ...order };
const remote = { cmd: 'remote', operation: 'products', vmc_no, session_id: '7001', ...order };
const done = (more: object) => ({ ...like(productdone, { ProductId: 810, ProductAmount: 0 }), ...more });
const own = { order_no: '7001', PayType: 'fastcode' };
const androids = { order_no: '2015062412000033232123', PayType: 'remote_production' };

const rings = (play: Playbook): boolean =>
  priceZero.when({
    now: play.world.now,
    machine: stateOf(play),
    config: defaultMachineConfig,
    platform: stateOf(play).platform,
    isHere: true,
    updates: 'off',
    upgrade: null,
  }) !== null;

describe.each([
  ['linux', loggedIn, products, own],
  ['android', android, remote, androids],
] as const)('on %s', (_, machine, wire, drink) => {
  it('its order has the ordering frame, and causes no price of 0', () => {
    const play = machine().tells(wire).after(40_000);
    const sent = play.world.entries.at(-1);
    play.receives(done(drink)).answers('productdone_r');
    expect(stateOf(play).orders.at(-1)?.ordered).toEqual({ at: sent?.at, entry: sent?.id, by: 'crema' });
    expect(stateOf(play).lastDrink?.value.ordered?.by).toBe('crema');
    expect(stateOf(play).brews).toEqual([]);
    expect(rings(play)).toBe(false);
  });

  it('if it fails, the machine’s row says that it was a test', () => {
    const play = machine().tells(wire).after(40_000);
    play.receives(done({ ...drink, isok: false })).answers('productdone_r');
    expect(machineRow(stateOf(play), defaultMachineConfig, false).failedDrink?.isTest).toBe(true);
    play.receives(done({ ...drink, order_no: '9', PayType: 'wx_pub', isok: false })).answers('productdone_r');
    expect(machineRow(stateOf(play), defaultMachineConfig, false).failedDrink?.isTest).toBeUndefined();
  });

  it('a customer’s drink does not count, though it is the same product', () => {
    const play = machine().tells(wire).after(40_000);
    play.receives(done({ ...drink, PayType: 'wx_pub' })).answers('productdone_r');
    expect(stateOf(play).orders.at(-1)?.ordered).toBeUndefined();
    expect(stateOf(play).brews).toHaveLength(1);
    expect(rings(play)).toBe(true);
  });

  it('a drink that was not ordered does not count', () => {
    const play = machine().receives(done(drink)).answers('productdone_r');
    expect(stateOf(play).orders.at(-1)?.ordered).toBeUndefined();
    expect(rings(play)).toBe(true);
  });
});

it('another product under our number is a customer’s', () => {
  const play = loggedIn().tells(products).after(40_000);
  play.receives(done({ ...own, ProductId: 811 })).answers('productdone_r');
  expect(stateOf(play).orders.at(-1)?.ordered).toBeUndefined();
});
