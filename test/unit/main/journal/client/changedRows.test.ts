import { describe, expect, it } from 'vitest';
import type { OrderRecord } from '#shared/model/history';
import { ChangedRows } from '../../../../../src/main/journal/client/changedRows';
import { newOrder } from '../../../../../src/main/core/state/orders';

const sold = (changes: Partial<OrderRecord> = {}): OrderRecord => ({
  ...newOrder('A1', { id: 7, at: 1_000 }),
  vmcNo: 33_232,
  isVirtual: false,
  ...changes,
});
const later = (changes: Partial<OrderRecord>): OrderRecord => sold({ isWhole: false, ...changes });
const withOrders = (...orders: readonly OrderRecord[]): ChangedRows => {
  const changed = new ChangedRows();
  for (const order of orders) changed.keepOrder(order);
  return changed;
};

describe('an order that is not written yet', () => {
  it('keeps only its newest version', () => {
    const { orders } = withOrders(sold(), sold({ productName: 'Latte' })).rows();
    expect(orders).toEqual([sold({ productName: 'Latte' })]);
  });

  it('keeps its start as a separate, earlier row than its later part', () => {
    const { orders } = withOrders(sold({ productName: 'Mocha' }), later({ doneTimes: 2 })).rows();
    expect(orders).toEqual([sold({ productName: 'Mocha' }), later({ doneTimes: 2 })]);
  });

  it('joins later parts after the state dropped it twice', () => {
    const { orders } = withOrders(
      later({ consumed: { '10009': '12.50' }, doneTimes: 1, lastDone: 20 }),
      later({ productName: 'Mocha', doneTimes: 2, lastDone: 30 }),
    ).rows();
    expect(orders).toEqual([
      later({ consumed: { '10009': '12.50' }, productName: 'Mocha', doneTimes: 2, lastDone: 30 }),
    ]);
  });

  it('joins later parts after a failed write', () => {
    const newer = withOrders(later({ productName: 'Mocha', doneTimes: 2, lastDone: 30 }));
    newer.refill(withOrders(sold(), later({ consumed: { '10009': '12.50' }, doneTimes: 1, lastDone: 20 })));
    expect(newer.rows().orders).toEqual([
      sold(),
      later({ consumed: { '10009': '12.50' }, productName: 'Mocha', doneTimes: 2, lastDone: 30 }),
    ]);
  });
});
