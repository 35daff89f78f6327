/** Orders from QR request to the finished drink, with answers and payments. */
import { describe, expect, it } from 'vitest';
import { EntryLog } from '../../../../../src/main/core/state/entryLog';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { connection, World as ConnectionWorld } from '../../../../builders/connection';
import { playbook, type Playbook } from '../../../../builders/playbook';

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

/** A machine sends stored orders, each with its own number. */
const storedOnes = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...made,
    order_no: `stored ${n}`,
    timestamp: '20150617080000',
  }));

describe('a sale that continues while stored orders come in', () => {
  it('keeps its QR text, its payment and the machine’s reports about it', () => {
    const answered = { cmd: 'qrcode_r', vmc_no: 7, qr_type: 'wx_pub', qrcode: 'pay here', order_no: 'o1' };
    const link = connection({ config: { qrAnswers: 'hand' } }, new ConnectionWorld())
      .receives(login)
      .receives(asks);
    link.tells(answered);
    link.tells(pays(true));
    for (const body of storedOnes(70)) link.receives(body);
    const sentSince = (from: number) =>
      link.world.entries
        .slice(from)
        .flatMap((entry) => (entry.kind === 'frame' && entry.dir === 'out' ? [entry.text] : []));
    const from = link.world.entries.length;
    link.receives(asks);
    link.receives({ cmd: 'checkorder', vmc_no: 7, order_no: 'o1', product_id: 101 });
    expect(sentSince(from).map((text) => JSON.parse(text) as object)).toMatchObject([
      answered,
      { cmd: 'checkorder_r', order_no: 'o1', paydone: true },
    ]);
    link.receives({ cmd: 'paydone_r', vmc_no: 7, order_no: 'o1' });
    const orders = () => link.world.fleet.machine(7)?.orders ?? [];
    expect(orders().find(({ orderNo }) => orderNo === 'o1')?.acknowledged).not.toBeNull();
    link.receives(made);
    expect(orders().find(({ orderNo }) => orderNo === 'o1')).toMatchObject({ state: 'made', isWhole: true });
    expect(link.world.fleet.machine(7)?.lastDrink?.value.orderNo).toBe('o1');
    // It is one of the finished orders now.
    link.receives({ ...made, order_no: 'next' });
    expect(orders()).toHaveLength(50);
  });

  it('is limited: of unfinished orders the oldest are dropped', () => {
    const link = connection({}, new ConnectionWorld()).receives(login);
    for (let n = 0; n < 80; n += 1) link.receives({ ...asks, order_no: `asked ${n}` });
    for (const body of storedOnes(80)) link.receives(body);
    const numbers = link.world.fleet.machine(7)?.orders.map(({ orderNo }) => orderNo) ?? [];
    expect(numbers).toHaveLength(100);
    expect([numbers[0], numbers[49], numbers[50], numbers[99]]).toEqual([
      'asked 30',
      'asked 79',
      'stored 30',
      'stored 79',
    ]);
  });
});

describe('an order', () => {
  it('is asked, paid and made, each with its entry', () => {
    const play = loggedIn().receives(asks).answers('qrcode_r');
    expect(orderOf(play)).toMatchObject({ state: 'requested', qrType: 'wx_pub', amount: 1000 });
    expect(orderOf(play)?.answered).not.toBeNull();
    play.tells(pays(true));
    const sentEntry = play.world.entries.at(-1);
    expect(orderOf(play)).toMatchObject({
      state: 'paid',
      payment: { entry: sentEntry?.id, value: { paid: true } },
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

  it('checkorder is answered with a person’s decision about the payment, and not before', () => {
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

  it('only changes are passed to the history', () => {
    const world = new ConnectionWorld();
    const seen: string[] = [];
    world.entryLog.onEntry((_entry, change) => {
      if (change !== null) seen.push(...change.orders.map(({ state }) => state));
    });
    connection({}, world)
      .receives(login)
      .receives(asks)
      .receives({ cmd: 'hb', vmc_no: 7 })
      .receives({ ...asks, order_no: 'o2' })
      .receives({ cmd: 'productdone', vmc_no: 7, order_no: 'o1', isok: true });
    // Two requests, each with an answer, then one drink.
    expect(seen).toEqual(['requested', 'requested', 'requested', 'requested', 'made']);
  });

  it('orders of virtual machines are marked in the history', () => {
    const fleet = new Fleet();
    const log = new EntryLog(
      fleet,
      0,
      ({ link }) => link.status === 'online' && link.peer.remotePort === 40_001,
    );
    const seen: string[] = [];
    log.onEntry((_entry, change) => {
      for (const { vmcNo, isVirtual } of change?.orders ?? []) seen.push(`${vmcNo} ${isVirtual}`);
    });
    const world = new ConnectionWorld();
    world.entryLog.onEntry((entry) => log.record(entry));
    for (const vmc_no of [7, 8])
      connection({}, world)
        .receives({ ...login, vmc_no })
        .receives({ cmd: 'productdone', vmc_no, order_no: 'o', isok: true });
    expect(seen).toEqual(['7 true', '8 false']);
  });
});
