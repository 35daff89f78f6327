import { expect, it } from 'vitest';
import { isOpenSale, lastOfSale, openSale } from '#shared/model/order';
import { newOrder } from '../../../../src/main/core/state/orders';

const pays = { paid: true, payType: 'wx_pub' };

it('a sale is open for five minutes after its last frame, by either clock', () => {
  const order = newOrder('o-1', { id: 1, at: 1_000_000 });
  expect(isOpenSale(order, 1_299_999)).toBe(true);
  expect(isOpenSale(order, 1_300_000)).toBe(false);
  // The clock has been set back by an hour since.
  expect(isOpenSale({ ...order, heardAt: 4_600_000 }, 1_000_000)).toBe(false);
});

it('each frame of a sale keeps it open, and is named', () => {
  const frame = (at: number, entry: number) => ({ value: true as const, at, entry });
  const asked = { times: 2, first: frame(1_000_000, 1), last: frame(1_200_000, 5) };
  const order = { ...newOrder('o-1', { id: 1, at: 1_000_000 }), qrType: 'all', asked };
  expect(lastOfSale(order)).toMatchObject({ at: 1_200_000, entry: 5 });
  expect(isOpenSale(order, 1_499_999)).toBe(true);
  const paid = { ...order, state: 'paid' as const, payment: { ...frame(1_400_000, 9), value: pays } };
  expect(isOpenSale(paid, 1_699_999)).toBe(true);
  // A newer request replaces an unpaid order, but not a paid one.
  const newer = { ...order, orderNo: 'o-2', done: frame(1_300_000, 7) };
  expect(openSale([order, newer], 1_400_000)).toBeUndefined();
  expect(openSale([paid, newer], 1_400_000)).toBe(paid);
});
