import { expect, it } from 'vitest';
import { inOrder, noCells, shownSums, sumsShown, type OrderSum } from '#shared/model/orderSums';

const sum = (key: string, count: number, currency = '¥'): OrderSum => ({
  key,
  name: null,
  currency,
  cells: { ...noCells, made: { count, amount: count * 1_050 } },
});

it('days are newest first, other sums by number of orders', () => {
  const sums = [sum('100', 1), sum('300', 2), sum('200', 5)];
  expect(inOrder('days', sums).map(({ key }) => key)).toEqual(['300', '200', '100']);
  expect(inOrder('products', sums).map(({ key }) => key)).toEqual(['200', '300', '100']);
});

it('a screen gets the first lines, the number of others, and totals of all orders by currency', () => {
  const products = Array.from({ length: 5_000 }, (_, id) => sum(String(id), 1));
  const days = [sum('100', 4_000), sum('200', 1_000), sum('200', 7, '€')];
  const shown = shownSums({ days, products, payTypes: [sum('cash', 5_000)], unread: 2, at: 9 });
  expect(shown.products.lines).toHaveLength(sumsShown);
  expect(shown.products.left).toBe(5_000 - sumsShown);
  expect(shown.payTypes).toEqual({ lines: [sum('cash', 5_000)], left: 0 });
  expect(shown.totals.map(({ currency, cells }) => [currency, cells.made])).toEqual([
    ['¥', { count: 5_000, amount: 5_000 * 1_050 }],
    ['€', { count: 7, amount: 7 * 1_050 }],
  ]);
  expect([shown.unread, shown.at]).toEqual([2, 9]);
});

it('the chart counts the orders of a day in all currencies', () => {
  const days = [sum('100', 4), sum('200', 1), sum('200', 7, '€')];
  expect(shownSums({ days, products: [], payTypes: [], unread: 0, at: 9 }).perDay).toEqual([
    { from: 200, count: 8 },
    { from: 100, count: 4 },
  ]);
});
