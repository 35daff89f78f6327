import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrderRecord } from '#shared/model/history';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { newOrder } from '../../../../../src/main/core/state/orders';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
beforeEach(() => {
  store = openStore(directory('journal.sqlite'));
});
afterEach(() => {
  store.close();
});

const sold = (changes: Partial<OrderRecord> = {}): OrderRecord => ({
  ...newOrder('A1', { id: 7, at: 1_000 }),
  vmcNo: 33_232,
  isVirtual: false,
  ...changes,
});
const keep = (...orders: readonly OrderRecord[]): void => store.append(batchOf({ orders }));
const kept = (): readonly OrderRecord[] => store.history.orders({ vmcNo: null, before: null, limit: 10 });

describe('an order that is reported again', () => {
  it('keeps its newest version in the same row', () => {
    keep(sold({ productName: 'Mocha' }));
    keep(sold({ productName: 'Latte', doneTimes: 2, lastDone: 9 }));
    expect(kept()).toEqual([sold({ productName: 'Latte', doneTimes: 2, lastDone: 9 })]);
    expect(store.history.knownOrders(10)).toMatchObject([{ entry: 7, doneTimes: 2, lastDone: 9 }]);
  });

  it('moves to its time of sale once that is known', () => {
    keep(sold());
    keep(sold({ at: 500 }));
    expect(kept()).toEqual([sold({ at: 500 })]);
    expect(store.history.knownOrders(10)).toMatchObject([{ at: 500 }]);
  });

  it('of a virtual machine never counts as money later', () => {
    keep(sold({ isVirtual: true }));
    keep(sold({ productName: 'Latte' }));
    expect(kept()).toEqual([sold({ productName: 'Latte', isVirtual: true })]);
  });

  it('accepts any text of a machine', () => {
    keep(sold({ productName: '"isVirtual":true' }));
    keep(sold({ productName: 'Latte' }));
    expect(kept()).toEqual([sold({ productName: 'Latte' })]);
  });

  it('is joined from both parts if the state had dropped its start', () => {
    keep(sold({ productName: 'Mocha', doneTimes: 1, lastDone: 7 }));
    keep(sold({ isWhole: false, doneTimes: 2, lastDone: 9 }));
    expect(kept()).toMatchObject([
      { entry: 7, isWhole: true, productName: 'Mocha', doneTimes: 2, lastDone: 9 },
    ]);
  });
});
