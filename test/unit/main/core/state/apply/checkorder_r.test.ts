import { expect, it } from 'vitest';
import { checkorder_r } from '#shared/messages/checkorder';
import { qrcode } from '#shared/messages/qrcode';
import { like, loggedIn, stateOf } from '../../../../../builders/loggedIn';

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
