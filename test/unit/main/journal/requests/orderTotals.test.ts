import { afterEach, beforeEach, expect, it } from 'vitest';
import { noCells, type AllOrderSums, type OrderSum } from '#shared/model/orderSums';
import { orderTable, orderTotals, tableOf } from '../../../../../src/main/journal/requests/orderTotals';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { batchOf, openStore } from '../../../../builders/journal';
import { order } from '../../../../builders/rows';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
beforeEach(() => {
  store = openStore(directory('journal.sqlite'), { block: 16, segment: 16 });
});
afterEach(() => store.close());

const query = {
  vmcNo: null,
  from: null,
  to: null,
  now: 1_700_000_000_000,
  rehearses: true,
  currencies: {},
  currency: '¥',
};

/** Each is copied on its way to the window. */
const valuesIn = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, one) => sum + valuesIn(one), 1)
    : 1;

it('a reply does not grow with the products that a machine invents; the table has all of them', async () => {
  const orders = Array.from({ length: 5_000 }, (_, n) =>
    order(n + 1, { at: query.now - n, productId: n, productName: null }),
  );
  store.append(batchOf({ orders }));
  const sums = await orderTotals(() => store, query);
  expect(sums.products.lines.length + sums.products.left).toBe(5_000);
  expect(valuesIn(sums)).toBeLessThan(3_000);
  const table = await orderTable(() => store, { ...query, language: 'en', words: {} });
  expect(table.split('\r\n').filter((line) => line.startsWith('kind.products'))).toHaveLength(5_000);
});

it('the table has every sum with every count and amount, rehearsal in separate columns', () => {
  const day = new Date(2026, 2, 10).getTime();
  const rehearsed = { ...noCells, rehearsedMade: { count: 2, amount: 3_100 } };
  const sum = (key: string, over: Partial<OrderSum> = {}): OrderSum => ({
    key,
    name: null,
    currency: '¥',
    cells: { ...noCells, made: { count: 3, amount: 3_150 } },
    ...over,
  });
  const sums: AllOrderSums = {
    at: new Date(2026, 2, 12, 9).getTime(),
    unread: 0,
    days: [sum(String(day))],
    products: [sum('810'), sum('7', { name: 'Latte', currency: '€' }), sum('')],
    payTypes: [sum('WX_pub', { cells: rehearsed }), sum('odd')],
  };
  const words = {
    'head.title': 'By',
    'kind.days': 'day',
    'bucket.made': 'Made',
    amountOf: '{{what}}: $& amount',
    product: 'Product {{id}}',
    'payType.wx_pub': 'WeChat Pay',
    unsaid: 'not reported',
    withCode: '{{text}} ({{code}})',
  };
  const table = tableOf(sums, { from: new Date(2026, 2, 1).getTime(), language: 'en', words });
  expect(table[0]?.slice(0, 9)).toEqual([
    'By',
    'head.orders',
    'head.currency',
    'head.from',
    'head.to',
    'Made',
    'Made: $& amount',
    'bucket.failed',
    'bucket.failed: $& amount',
  ]);
  const cells = table.slice(1).map((line) => line.slice(0, 7).concat(line.slice(15)));
  const span = ['2026-03-01', '2026-03-12'];
  const made = ['3', '31.50', '0', '0.00', '0', '0.00'];
  const played = ['0', '0.00', '2', '31.00', '0', '0.00'];
  expect(cells).toEqual([
    ['day', 'Mar 10, 2026', '¥', '2026-03-10', '2026-03-10', ...made],
    ['kind.products', 'not reported', '¥', ...span, ...made],
    ['kind.products', 'Latte (7)', '€', ...span, ...made],
    ['kind.products', 'Product 810', '¥', ...span, ...made],
    ['kind.payTypes', 'odd', '¥', ...span, ...made],
    ['kind.payTypes', 'WeChat Pay (WX_pub)', '¥', ...span, ...played],
  ]);
});
