import { expect, it } from 'vitest';
import { pay_done } from '#shared/messages/pay_done';
import { productdone } from '#shared/messages/productdone';
import { qrcode } from '#shared/messages/qrcode';
import { like, loggedIn, stateOf } from '../../../../../builders/loggedIn';

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
  play.receives(like(productdone, { order_no: 'o1', isok: false, failreason: 'x' })).answers('productdone_r');
  expect(stateOf(play).orders[0]).toMatchObject({ state: 'failed', failReason: 'x' });
});

it('an order without a request is opened', () => {
  const play = loggedIn().tells(pays(true));
  expect(stateOf(play).orders).toMatchObject([{ orderNo: 'o1', amount: 1000, qrType: null, state: 'paid' }]);
});
