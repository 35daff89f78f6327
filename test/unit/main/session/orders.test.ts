/** Orders from QR request to the finished drink, and who answers and pays. */
import { describe, expect, it } from 'vitest';
import { orderChanges } from '../../../../src/main/session/orders';
import { connection, World as ConnectionWorld } from '../../../builders/connection';
import { playbook, type Playbook } from '../../../builders/playbook';

const login = { cmd: 'login', vmc_no: 7, version: '1.0', linuxDriverVersion: '1.3' };
const asks = { cmd: 'qrcode', vmc_no: 7, qr_type: 'wx_pub', product_id: 101, Amount: 1000, order_no: 'o1' };
const pays = (paydone: boolean) =>
  ({ cmd: 'pay_done', vmc_no: 7, product_amount: 1000, order_no: 'o1', paydone, paytype: 'wx_pub' }) as const;
const orderOf = (play: Playbook) => play.world.fleet.machine(7)?.orders.at(-1);
const made = {
  cmd: 'productdone',
  vmc_no: 7,
  ProductName: 'Latte',
  ProductId: 101,
  ProductAmount: 1000,
  PayType: 'wx_pub',
  isok: true,
  order_no: 'o1',
};
const loggedIn = (...[options]: Parameters<typeof playbook>) =>
  playbook(options).receives(login).claims(7).finds('field.missing', 'field.missing').answers('login_r');

describe('an order', () => {
  it('goes from asked to paid to made, each with the entry that says so', () => {
    const play = loggedIn().receives(asks).answers('qrcode_r');
    expect(orderOf(play)).toMatchObject({ state: 'requested', qrType: 'wx_pub', amount: 1000 });
    expect(orderOf(play)?.answered).not.toBeNull();
    play.tells(pays(true));
    const told = play.world.entries.at(-1);
    expect(orderOf(play)).toMatchObject({
      state: 'paid',
      payment: { entry: told?.id, value: { paid: true } },
    });
    play.receives({ cmd: 'paydone_r', vmc_no: 7, order_no: 'o1' });
    expect(orderOf(play)?.acknowledged).not.toBeNull();
    play.receives(made).answers('productdone_r');
    const done = orderOf(play);
    expect(done).toMatchObject({ state: 'made', productName: 'Latte', doneTimes: 1, productId: 101 });
    const kinds = new Map(play.world.entries.map((entry) => [entry.id, entry.kind]));
    for (const step of [done?.answered, done?.payment, done?.acknowledged, done?.done])
      expect(kinds.get(step?.entry ?? 0)).toBe('frame');
    play.receives(made).finds('order.repeated').answers('productdone_r');
    expect(orderOf(play)).toMatchObject({ doneTimes: 2, done: done?.done });
  });

  it('checkorder is told what a person said of the payment, and nothing before', () => {
    const check = { cmd: 'checkorder', vmc_no: 7, order_no: 'o1', product_id: 101 };
    const answer = { cmd: 'checkorder_r', vmc_no: 7, order_no: 'o1', product_id: 101, Amount: 1000 };
    loggedIn()
      .receives(asks)
      .answers('qrcode_r')
      .receives(check)
      .tells(pays(true))
      .receives(check)
      .answers({ ...answer, paytype: 'wx_pub', paydone: true });
  });

  it('only what changed is handed to the history', () => {
    const world = new ConnectionWorld();
    const seen: string[] = [];
    world.entryLog.onEntry((_entry, change) => {
      if (change !== null)
        seen.push(...orderChanges(change.before, change.after).map((order) => order.state));
    });
    connection({}, world)
      .receives(login)
      .receives(asks)
      .receives({ cmd: 'hb', vmc_no: 7 })
      .receives({ ...asks, order_no: 'o2' })
      .receives({ cmd: 'productdone', vmc_no: 7, order_no: 'o1', isok: true });
    // Asked and answered twice each, then one made.
    expect(seen).toEqual(['requested', 'requested', 'requested', 'requested', 'made']);
  });
});
