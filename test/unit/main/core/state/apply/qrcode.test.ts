import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { qrcode } from '#shared/messages/qrcode';
import { like, loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';
import { playbook } from '../../../../../builders/playbook';

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
