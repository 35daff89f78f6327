import { expect, it } from 'vitest';
import { isOpenSale } from '#shared/model/order';
import { newOrder } from '../../../../src/main/session/orders';

it('a sale is open for five minutes after its last word, by whichever clock that was', () => {
  const order = newOrder('o-1', { id: 1, at: 1_000_000 });
  expect(isOpenSale(order, 1_299_999)).toBe(true);
  expect(isOpenSale(order, 1_300_000)).toBe(false);
  // The clock was set back by an hour since.
  expect(isOpenSale({ ...order, heardAt: 4_600_000 }, 1_000_000)).toBe(false);
});
