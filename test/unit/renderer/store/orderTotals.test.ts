import { expect, it } from 'vitest';
import { noCells, type OrderSum } from '#shared/model/orderSums';
import { beginOf, choiceOf, dayAfter, lastDays } from '../../../../src/renderer/src/store/orderTotals';
import { anyOrder, isChosen } from '../../../../src/renderer/src/store/orders';
import { order } from '../../../builders/rows';

const anyDay = { chosen: null, summed: null };
const sum = (key: string, count: number, over: Partial<OrderSum> = {}): OrderSum => ({
  key,
  name: null,
  currency: '¥',
  cells: { ...noCells, made: { count, amount: count * 1_050 } },
  ...over,
});

it('a span begins with a day, and includes today', () => {
  const now = new Date(2026, 2, 30, 15, 30).getTime();
  expect(beginOf('today', now)).toBe(new Date(2026, 2, 30).getTime());
  expect(beginOf('week', now)).toBe(new Date(2026, 2, 24).getTime());
  expect(beginOf('month', now)).toBe(new Date(2026, 2, 1).getTime());
  expect(beginOf('all', now)).toBeNull();
  // Also across changes between summer and winter time.
  expect(dayAfter(new Date(2026, 2, 29).getTime())).toBe(new Date(2026, 2, 30).getTime());
});

it('a line leads to its orders', () => {
  const from = new Date(2026, 2, 10).getTime();
  expect(choiceOf('days', sum(String(from), 1), anyDay, false).during).toEqual({
    from,
    to: dayAfter(from),
  });
  const product = choiceOf('products', sum('810', 1), anyDay, false);
  expect(
    [order(1), order(2, { productId: 7 }), order(3, { productId: null })].map((one) =>
      isChosen(one, product, '¥'),
    ),
  ).toEqual([true, false, false]);
  const unsaid = choiceOf('payTypes', sum('', 1), anyDay, false);
  expect([order(1), order(2, { payType: 'cash' })].map((one) => isChosen(one, unsaid, '¥'))).toEqual([
    true,
    false,
  ]);
  const cash = choiceOf('payTypes', sum('cash', 1), anyDay, false);
  expect([order(1), order(2, { payType: ' cash ' })].map((one) => isChosen(one, cash, '¥'))).toEqual([
    false,
    true,
  ]);
});

it('a line leads to the orders of its days, or of the chosen one of them', () => {
  const at = (day: number): number => new Date(2026, 2, day).getTime();
  const week = { from: at(24), to: at(31) };
  const of = (chosen: typeof week | null, summed: typeof week | null) =>
    choiceOf('products', sum('810', 1), { chosen, summed }, false).during;
  expect(of(null, week)).toEqual(week);
  expect(of({ from: at(26), to: at(27) }, week)).toEqual({ from: at(26), to: at(27) });
  expect(of({ from: at(26), to: at(27) }, null)).toEqual({ from: at(26), to: at(27) });
  // From an earlier span, or with a day outside it.
  expect(of(week, { from: at(1), to: at(31) })).toEqual({ from: at(1), to: at(31) });
  expect(of({ from: at(2), to: at(3) }, week)).toEqual(week);
  expect(of(week, null)).toBeNull();
});

it('with several currencies, each line and its orders have one currency', () => {
  const euro = sum('810', 2, { currency: '€' });
  const choice = choiceOf('products', euro, { chosen: null, summed: { from: 1, to: 2 } }, true);
  expect(choice).toEqual({ ...anyOrder, product: '810', during: { from: 1, to: 2 }, currency: '€' });
  expect(['¥', '€'].map((currency) => isChosen(order(1), choice, currency))).toEqual([false, true]);
});

it('the chart has all its days, including those without orders', () => {
  const now = new Date(2026, 2, 30, 15).getTime();
  const day = (date: number, count: number) => ({ from: new Date(2026, 2, date).getTime(), count });
  const days = lastDays([day(30, 5), day(28, 1)], now, 30);
  expect(days).toHaveLength(30);
  expect(days.slice(-3).map(({ count }) => count)).toEqual([1, 0, 5]);
  expect(days[0]?.from).toBe(new Date(2026, 2, 1).getTime());
});
