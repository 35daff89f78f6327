/** Orders from QR request to the finished drink, and who answers and pays. */
import { describe, expect, it } from 'vitest';
import { orderChanges } from '../../../../src/main/session/orders';
import { wireTime } from '../../../../src/main/session/replies';
import { noon, playbook, World, type Playbook } from '../../../builders/playbook';

const login = { cmd: 'login', vmc_no: 7, version: '1.0', linuxDriverVersion: '1.3' };
const asks = { cmd: 'qrcode', vmc_no: 7, qr_type: 'wx_pub', product_id: 101, Amount: 1000, order_no: 'o1' };
const pays = (paydone: boolean) =>
  ({ cmd: 'pay_done', vmc_no: 7, product_amount: 1000, order_no: 'o1', paydone, paytype: 'wx_pub' }) as const;
const orderOf = (play: Playbook) => play.world.fleet.machine(7)?.orders.at(-1);

describe('an order', () => {
  it('goes from asked to paid to made, each with the entry that says so', () => {
    const play = playbook().receives(login).receives(asks);
    expect(orderOf(play)).toMatchObject({ state: 'requested', qrType: 'wx_pub', amount: 1000 });
    expect(orderOf(play)?.answered).not.toBeNull();
    const told = play.tells(pays(true));
    expect(orderOf(play)).toMatchObject({
      state: 'paid',
      payment: { entry: told.id, value: { paid: true } },
    });
    play.receives({ cmd: 'paydone_r', vmc_no: 7, order_no: 'o1' });
    expect(orderOf(play)?.acknowledged).not.toBeNull();
    play.receives({ cmd: 'productdone', vmc_no: 7, order_no: 'o1', isok: true, ProductName: 'Latte' });
    const done = orderOf(play);
    expect(done).toMatchObject({ state: 'made', productName: 'Latte', doneTimes: 1, productId: 101 });
    const kinds = new Map(play.world.entries.map((entry) => [entry.id, entry.kind]));
    for (const step of [done?.answered, done?.payment, done?.acknowledged, done?.done])
      expect(kinds.get(step?.entry ?? 0)).toBe('frame');
    play.receives({ cmd: 'productdone', vmc_no: 7, order_no: 'o1', isok: true });
    expect(orderOf(play)).toMatchObject({ doneTimes: 2, done: done?.done });
  });

  it('not paid is refused, and stays so until the machine makes it all the same', () => {
    const play = playbook().receives(login).receives(asks);
    play.tells(pays(false));
    expect(orderOf(play)?.state).toBe('refused');
    play.receives({ cmd: 'productdone', vmc_no: 7, order_no: 'o1', isok: false, failreason: 'x' });
    expect(orderOf(play)).toMatchObject({ state: 'failed', failReason: 'x' });
  });

  it('checkorder is told what a person said of the payment, and nothing else', () => {
    const play = playbook().receives(login).receives(asks).ignoringAnswers();
    const check = { cmd: 'checkorder', vmc_no: 7, order_no: 'o1', product_id: 101 };
    const answer = { cmd: 'checkorder_r', vmc_no: 7, order_no: 'o1', product_id: 101, Amount: 1000 };
    play.receives(check).sends({ ...answer, paytype: '', paydone: false });
    play.tells(pays(true));
    play.receives(check).sends({ ...answer, paytype: 'wx_pub', paydone: true });
  });

  it('only what changed is handed to the history', () => {
    const world = new World();
    const seen: string[] = [];
    world.entryLog.onEntry((_entry, change) => {
      if (change !== null)
        seen.push(...orderChanges(change.before, change.after).map((order) => order.state));
    });
    playbook({}, world)
      .receives(login)
      .receives(asks)
      .receives({ cmd: 'hb', vmc_no: 7 })
      .receives({ ...asks, order_no: 'o2' })
      .receives({ cmd: 'productdone', vmc_no: 7, order_no: 'o1', isok: true });
    // Asked and answered twice each, then one made.
    expect(seen).toEqual(['requested', 'requested', 'requested', 'requested', 'made']);
  });
});

describe('QR requests answered by hand', () => {
  const config = { qrAnswers: 'hand' } as const;
  it('get nothing until a person answers, then the same again', () => {
    const play = playbook({ config }).receives(login).ignoringAnswers();
    play.receives(asks).sendsNothing();
    const answer = {
      cmd: 'qrcode_r',
      vmc_no: 7,
      qr_type: 'wx_pub',
      qrcode: 'weixin://x',
      order_no: 'o1',
    } as const;
    play.tells(answer);
    play.receives(asks).sends({ ...answer });
    play.tells({ ...answer, qrcode: 'weixin://y' });
    play.receives(asks).sends({ ...answer, qrcode: 'weixin://y' });
  });
});

describe('the direct link', () => {
  it('serves its machine and turns any other away with ret 3', () => {
    const other = playbook({ directLink: 8 }).receives(login);
    other
      .sends({ cmd: 'login_r', vmc_no: 7, date_time: wireTime(noon), ret: 3 })
      .closes('reserved')
      .finds('field.missing', 'field.missing', 'link.reserved');
    expect(other.world.fleet.machine(7)?.link).toMatchObject({ status: 'offline', reason: 'reserved' });
    playbook({ directLink: 7 }).receives(login).staysOpen().receives({ cmd: 'hb', vmc_no: 7 }).staysOpen();
  });
  it('also one that does not log in', () => {
    playbook({ directLink: 8 }).receives({ cmd: 'hb', vmc_no: 7 }).sendsNothing().closes('reserved');
  });
});
