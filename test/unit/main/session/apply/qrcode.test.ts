import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { qrcode } from '#shared/messages/qrcode';
import { like, loggedIn, stateOf, vmc_no } from '../../../../builders/loggedIn';

const ask = like(qrcode, { order_no: 'o-1' });
const answer = (type: string): JsonObject => ({
  cmd: 'qrcode_r',
  vmc_no,
  qr_type: type,
  qrcode: `CREMA TEST 33232 ${type} 10.00 CNY o-1`,
  order_no: 'o-1',
});

describe('a QR request', () => {
  it('opens the order', () => {
    const play = loggedIn().receives(ask).answers('qrcode_r', 'qrcode_r');
    expect(stateOf(play).orders).toMatchObject([
      { orderNo: 'o-1', productId: 810, amount: 1000, qrType: 'all', state: 'requested' },
    ]);
  });
  it('all: one answer per payment type', () => {
    loggedIn().receives(ask).answers(answer('wx_pub'), answer('alipay'));
  });
  it('one type: one answer', () => {
    loggedIn()
      .receives({ ...ask, qr_type: ' alipay ' })
      .answers(answer('alipay'));
  });
  it('the same order again gets the same answer, even if the amount changed, and stays one order', () => {
    const play = loggedIn()
      .receives(ask)
      .answers(answer('wx_pub'), answer('alipay'))
      .after(8_000)
      .receives({ ...ask, Amount: 1200 })
      .answers(answer('wx_pub'), answer('alipay'));
    expect(stateOf(play).orders).toHaveLength(1);
  });
  it('names that every object has are names like others', () => {
    for (const qr_type of ['constructor', 'toString', '__proto__']) {
      loggedIn()
        .receives({ cmd: 'qrcode', vmc_no, product_id: 1, Amount: 100, order_no: 'o', qr_type })
        .answers({
          cmd: 'qrcode_r',
          vmc_no,
          qr_type,
          qrcode: `CREMA TEST 33232 ${qr_type} 1.00 CNY o`,
          order_no: 'o',
        });
    }
  });
});
