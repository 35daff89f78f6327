/** Order totals for display: their span, the orders behind a line, and the days of the chart. */
import type { OrderSum, OrderSumKind, OrderSums } from '#shared/model/orderSums';
import { anyOrder, type OrderChoice } from './orders';

export const spans = ['today', 'week', 'month', 'all'] as const;
export type Span = (typeof spans)[number];
export const isSpan = (value: unknown): value is Span => spans.some((span) => span === value);

const daysOf: Readonly<Record<Exclude<Span, 'all'>, number>> = { today: 1, week: 7, month: 30 };

/** The start of a span: a number of local days, including today; `null`: the first order. */
export function beginOf(span: Span, now: number): number | null {
  if (span === 'all') return null;
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1 - daysOf[span]).getTime();
}

export const dayAfter = (from: number): number => {
  const date = new Date(from);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
};

type During = OrderChoice['during'];
export const isOneDay = (during: NonNullable<During>): boolean => during.to === dayAfter(during.from);

/**
 * The orders behind a sum: those of the chosen day, otherwise of the whole span (`null`: all). `ofSeveral`: only those in the sum's
 * currency.
 */
export const choiceOf = (
  kind: OrderSumKind,
  { key, currency }: OrderSum,
  { chosen, summed }: { readonly chosen: During; readonly summed: During },
  ofSeveral: boolean,
): OrderChoice => {
  const isWithin =
    chosen !== null &&
    isOneDay(chosen) &&
    (summed === null || (chosen.from >= summed.from && chosen.to <= summed.to));
  const during = isWithin ? chosen : summed;
  const before = { ...anyOrder, during, currency: ofSeveral ? currency : null };
  switch (kind) {
    case 'days':
      return { ...before, during: { from: Number(key), to: dayAfter(Number(key)) } };
    case 'products':
      return { ...before, product: key };
    case 'payTypes':
      return { ...before, payType: key };
  }
};

/** Days drawn of a span: no more than can be distinguished. */
export const daysDrawn = { week: 7, month: 30, all: 30 } as const;

/** The last days up to the time of the sums, oldest first, including days without orders; all currencies together. */
export function lastDays(perDay: OrderSums['perDay'], now: number, drawn: number): OrderSums['perDay'] {
  const counts = new Map(perDay.map(({ from, count }) => [from, count]));
  const today = new Date(now);
  return Array.from({ length: drawn }, (_, place) => {
    const back = drawn - 1 - place;
    const from = new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).getTime();
    return { from, count: counts.get(from) ?? 0 };
  });
}
