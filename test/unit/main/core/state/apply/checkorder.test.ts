import { expect, it } from 'vitest';
import { checkorder } from '#shared/messages/checkorder';
import { qrcode } from '#shared/messages/qrcode';
import { like, loggedIn, stateOf } from '../../../../../builders/loggedIn';

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
