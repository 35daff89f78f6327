import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { qrcode, qrcode_r } from '#shared/messages/qrcode';
import { checkorder, checkorder_r } from '#shared/messages/checkorder';
import { pay_done } from '#shared/messages/pay_done';
import { productdone } from '#shared/messages/productdone';
import { readMachine } from '#shared/model/stored/machine';
import { like, loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';
import { playbook } from '../../../../../builders/playbook';

describe('qrcode', () => {
  const ask = like(qrcode, { order_no: 'o-1' });
  const answer = (type: string): JsonObject => ({
    cmd: 'qrcode_r',
    vmc_no,
    qr_type: type,
    qrcode: `CREMA TEST 33232 ${type} 10.00 o-1`,
    order_no: 'o-1',
  });

  describe('a QR request', () => {
    it('opens the order', () => {
      const play = loggedIn().receives(ask).answers('qrcode_r').after(500).answers('qrcode_r');
      expect(stateOf(play).orders).toMatchObject([
        { orderNo: 'o-1', productId: 810, amount: 1000, qrType: 'all', state: 'requested' },
      ]);
    });
    it('all: one answer per payment type', () => {
      loggedIn().receives(ask).answers(answer('wx_pub')).after(499).after(1).answers(answer('alipay'));
    });
    it('all: android gets the second answer a second later, and answers to other questions meanwhile at once', () => {
      const android = { cmd: 'login', vmc_no, version: '2.0', io_version: '9', login_count: 3 };
      const hb = { cmd: 'hb', vmc_no };
      playbook()
        .receives(android)
        .claims(vmc_no)
        .finds('field.missing', 'field.missing')
        .answers('login_r')
        .after(1)
        .receives(ask)
        .answers(answer('wx_pub'))
        .after(600)
        .receives(hb)
        .answers(hb)
        // The pause starts again.
        .after(999)
        .after(1)
        .answers(answer('alipay'));
    });
    it('all: a machine that sends without pause gets the second answer between two others', () => {
      const hb = { cmd: 'hb', vmc_no };
      const play = loggedIn().after(1).receives(ask).answers(answer('wx_pub'));
      for (let ms = 0; ms < 9_900; ms += 100) play.after(100).receives(hb).answers(hb);
      play.after(100).answers(answer('alipay')).after(1).receives(hb).answers(hb);
    });
    it('all: a machine that closes the connection after its question gets all answers', () => {
      loggedIn().receives(ask).answers(answer('wx_pub')).hangsUp().answers(answer('alipay'));
    });
    it('one type: one answer', () => {
      loggedIn()
        .receives({ ...ask, qr_type: ' alipay ' })
        .answers(answer('alipay'));
    });
    it('the same order gets the same answer, even if the amount changed, and remains one order', () => {
      const play = loggedIn()
        .receives(ask)
        .answers(answer('wx_pub'))
        .after(500)
        .answers(answer('alipay'))
        .after(8_000)
        .receives({ ...ask, Amount: 1200 })
        .answers(answer('wx_pub'))
        .after(500)
        .answers(answer('alipay'));
      expect(stateOf(play).orders).toHaveLength(1);
    });
    it('names that every object has are ordinary names', () => {
      for (const qr_type of ['constructor', 'toString', '__proto__']) {
        loggedIn()
          .receives({ cmd: 'qrcode', vmc_no, product_id: 1, Amount: 100, order_no: 'o', qr_type })
          .answers({
            cmd: 'qrcode_r',
            vmc_no,
            qr_type,
            qrcode: `CREMA TEST 33232 ${qr_type} 1.00 o`,
            order_no: 'o',
          });
      }
    });
  });
});

describe('qrcode_r', () => {
  const asks = like(qrcode, { qr_type: 'wx_pub', order_no: 'o1' });
  const answer = { ...qrcode_r.example, qrcode: ' weixin://x ', order_no: 'o1' };

  it('a request for a person gets no answer before the decision, then always the same one', () => {
    loggedIn({ config: { qrAnswers: 'hand' } })
      .receives(asks)
      .tells(answer)
      .receives(asks)
      .answers({ ...answer })
      .tells({ ...answer, qrcode: 'weixin://y' })
      .receives(asks)
      .answers({ ...answer, qrcode: 'weixin://y' });
  });

  it('of many types for one order, the latest are kept', () => {
    const play = loggedIn({ config: { qrAnswers: 'hand' } })
      .receives(asks)
      .tells(answer);
    for (let n = 0; n < 40; n += 1) play.tells({ ...answer, qr_type: `kind ${n}` });
    const kinds = Object.keys(stateOf(play).orders[0]?.qr ?? {});
    expect(kinds).toHaveLength(20);
    expect(kinds.at(-1)).toBe('kind 39');
  });

  it('the first answer is remembered with its frame; for an unknown order, nothing', () => {
    const play = loggedIn({ config: { qrAnswers: 'hand' } })
      .receives(asks)
      .tells(answer);
    const first = play.world.entries.at(-1)?.id;
    play.tells({ ...answer, qr_type: 'alipay' }).tells({ ...answer, order_no: 'o2' });
    expect(stateOf(play).orders).toMatchObject([
      { orderNo: 'o1', answered: { entry: first }, qr: { wx_pub: ' weixin://x ', alipay: ' weixin://x ' } },
    ]);
  });
});

describe('checkorder', () => {
  it('counts the machine’s questions whether an order is paid, and opens none', () => {
    const check = like(checkorder, { order_no: 'o-1' });
    const play = loggedIn()
      .receives(check)
      .receives(like(qrcode, { order_no: 'o-1', qr_type: 'wx_pub' }))
      .answers('qrcode_r')
      .after(2_000)
      .receives(check)
      .after(2_000)
      .receives(check);
    const { checked } = stateOf(play).orders[0] ?? {};
    expect(checked).toMatchObject({ times: 2 });
    expect((checked?.last.at ?? 0) - (checked?.first.at ?? 0)).toBe(2_000);
    expect(checked?.last.entry).toBeGreaterThan(checked?.first.entry ?? Infinity);
  });
});

describe('checkorder_r', () => {
  const answers = (paydone: boolean): typeof checkorder_r.example => ({
    ...checkorder_r.example,
    order_no: 'o-1',
    paydone,
  });

  it('paid is the payment if none was reported before, as by a real server; not paid is not news', () => {
    const play = loggedIn()
      .receives(like(qrcode, { order_no: 'o-1', qr_type: 'wx_pub' }))
      .answers('qrcode_r')
      .tells(answers(false));
    expect(stateOf(play).orders[0]?.payment).toBeNull();
    play.tells(answers(true));
    const sentEntry = play.world.entries.at(-1);
    const paid = { entry: sentEntry?.id, value: { paid: true, payType: 'wx_pub' } };
    expect(stateOf(play).orders[0]).toMatchObject({ state: 'paid', payment: paid });
    // A repeated answer is the same payment.
    play.tells(answers(true));
    expect(stateOf(play).orders[0]).toMatchObject({ state: 'paid', payment: paid });
  });

  it('an unknown order is not opened', () => {
    expect(stateOf(loggedIn().tells(answers(true))).orders).toEqual([]);
  });
});

describe('pay_done', () => {
  const asks = like(qrcode, { qr_type: 'wx_pub', order_no: 'o1' });
  const pays = (paydone: boolean): typeof pay_done.example => ({
    ...pay_done.example,
    order_no: 'o1',
    paydone,
  });

  it('paid: with the frame as evidence, and not yet acknowledged', () => {
    const play = loggedIn().receives(asks).answers('qrcode_r').tells(pays(true));
    const sentEntry = play.world.entries.at(-1);
    expect(stateOf(play).orders).toMatchObject([
      {
        state: 'paid',
        acknowledged: null,
        payment: { entry: sentEntry?.id, value: { paid: true, payType: 'wx_pub' } },
      },
    ]);
  });

  it('not paid means refused, until the machine makes the drink anyway', () => {
    const play = loggedIn().receives(asks).answers('qrcode_r').tells(pays(false));
    expect(stateOf(play).orders[0]?.state).toBe('refused');
    play
      .receives(like(productdone, { order_no: 'o1', isok: false, failreason: 'x' }))
      .answers('productdone_r');
    expect(stateOf(play).orders[0]).toMatchObject({ state: 'failed', failReason: 'x' });
  });

  it('an order without a request is opened', () => {
    const play = loggedIn().tells(pays(true));
    expect(stateOf(play).orders).toMatchObject([
      { orderNo: 'o1', amount: 1000, qrType: null, state: 'paid' },
    ]);
  });
});

describe('paydone_r', () => {
  const pays = (order_no: string): typeof pay_done.example => ({
    ...pay_done.example,
    order_no,
    paydone: true,
  });

  it('the machine has received the payment it names', () => {
    const play = loggedIn().tells(pays('o1')).tells(pays('o2'));
    play.receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1' });
    expect(stateOf(play).orders.map(({ acknowledged }) => acknowledged !== null)).toEqual([true, false]);
  });

  it('without a number it may mean any payment: none counts as acknowledged', () => {
    const play = loggedIn().tells(pays('o1')).tells(pays('o2')).receives({ cmd: 'pay_done_r', vmc_no });
    expect(stateOf(play).orders.map(({ acknowledged }) => acknowledged)).toEqual([null, null]);
  });

  it.each(['0', false])('nor has it accepted a result that it refuses: %s', (status) => {
    const play = loggedIn().tells(pays('o1')).receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1', status });
    const { id: entry, at } = play.world.entries.at(-1) ?? {};
    expect(stateOf(play).orders).toMatchObject([
      { acknowledged: null, told: [{ answer: 'failed', answered: { value: true, at, entry } }] },
    ]);
  });

  it('the first time counts', () => {
    const play = loggedIn().tells(pays('o1')).receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1' });
    const first = play.world.entries.at(-1)?.id;
    play.receives({ cmd: 'paydone_r', vmc_no, order_no: 'o1' });
    expect(stateOf(play).orders.map(({ acknowledged }) => acknowledged?.entry)).toEqual([first]);
  });

  it('of two results sent, one answer may not belong to the last', () => {
    const answer = { cmd: 'paydone_r', vmc_no, order_no: 'o1', status: 1 };
    const play = loggedIn().tells(pays('o1')).tells(pays('o1')).receives(answer);
    const [first, second] = play.world.entries.filter(
      (entry) => entry.kind === 'frame' && entry.message.body.cmd === 'pay_done',
    );
    expect(stateOf(play).orders).toMatchObject([
      {
        acknowledged: null,
        told: [
          { entry: first?.id, answer: 'done' },
          { entry: second?.id, answer: null },
        ],
      },
    ]);
    play.receives(answer);
    expect(stateOf(play).orders).toMatchObject([
      { acknowledged: { value: true }, told: [{ answer: 'done' }, { answer: 'done' }] },
    ]);
    // Ten are remembered, even if there were more.
    for (let n = 0; n < 30; n += 1) play.tells(pays('o1'));
    expect(stateOf(play).orders[0]?.told).toHaveLength(10);
    expect(readMachine(JSON.stringify(stateOf(play)))?.orders).toEqual(stateOf(play).orders);
  });
});
