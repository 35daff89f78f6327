import { afterEach, beforeEach, expect, it } from 'vitest';
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

const find = (text: string, limit = 10): readonly string[] =>
  store.history.findOrders({ text, limit }).map(({ orderNo }) => orderNo);

it('finds orders by any part of their number, in any case, newest sale first', () => {
  const numbers = ['A100', 'a1001', 'B%1', 'B_1', "it's", '订单7'];
  const orders = numbers.map((orderNo, index) =>
    Object.assign(newOrder(orderNo, { id: index + 1, at: 1_000 * (index + 1) }), {
      vmcNo: 33_001 + (index % 2),
      isVirtual: false,
    }),
  );
  store.append(batchOf({ orders, marks: [] }));
  expect(find('a100')).toEqual(['a1001', 'A100']);
  expect(find('A100', 1)).toEqual(['a1001']);
  expect(find('001')).toEqual(['a1001']);
  expect(find('%')).toEqual(['B%1']);
  expect(find('_')).toEqual(['B_1']);
  expect(find("'")).toEqual(["it's"]);
  expect(find('订单')).toEqual(['订单7']);
  expect(find('none')).toEqual([]);
});
