/** Order totals for display and export: their span, their order, and the spreadsheet table. */
import {
  countOf,
  orderBuckets,
  sumKinds,
  type OrderSum,
  type OrderSumKind,
  type OrderSums,
} from '#shared/model/orderSums';
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

/** Days newest first; other sums by number of orders. */
export function inOrder(kind: OrderSumKind, sums: readonly OrderSum[]): readonly OrderSum[] {
  return kind === 'days'
    ? sums.toSorted((a, b) => Number(b.key) - Number(a.key) || a.currency.localeCompare(b.currency))
    : sums.toSorted((a, b) => countOf(b).count - countOf(a).count || a.key.localeCompare(b.key));
}

/** Whether the sums have several currencies: each line must then name its currency. */
export const isOfSeveral = (sums: readonly OrderSum[]): boolean =>
  sums.some(({ currency }) => currency !== sums[0]?.currency);

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

export interface TableWords {
  readonly kind: (kind: OrderSumKind) => string;
  readonly name: (kind: OrderSumKind, sum: OrderSum) => string;
  readonly bucket: (bucket: (typeof orderBuckets)[number]) => string;
  readonly amountOf: (what: string) => string;
  readonly date: (at: number) => string;
  readonly heads: readonly [kind: string, what: string, currency: string, from: string, to: string];
  /** The start of the span; `null`: the first order. */
  readonly from: number | null;
}

const amountText = (fen: number): string => (fen / 100).toFixed(2);

/** All sums with the texts of the screen, each line with its days; amounts as numbers, with the currency beside them. */
export function tableOf(sums: OrderSums, words: TableWords): string[][] {
  const heads = orderBuckets.flatMap((bucket) => {
    const what = words.bucket(bucket);
    return [what, words.amountOf(what)];
  });
  const lineOf = (kind: OrderSumKind, sum: OrderSum): string[] => {
    const cells = orderBuckets.flatMap((bucket) => {
      const { count, amount } = sum.cells[bucket];
      return [String(count), amountText(amount)];
    });
    const [from, to] = kind === 'days' ? [Number(sum.key), Number(sum.key)] : [words.from, sums.at];
    const days = [from === null ? '' : words.date(from), words.date(to)];
    return [words.kind(kind), words.name(kind, sum), sum.currency, ...days, ...cells];
  };
  const rows = sumKinds.flatMap((kind) => inOrder(kind, sums[kind]).map((sum) => lineOf(kind, sum)));
  return [[...words.heads, ...heads], ...rows];
}

/** Days drawn of a span: no more than can be distinguished. */
export const daysDrawn = { week: 7, month: 30, all: 30 } as const;

/** The last days up to the time of the sums, oldest first, including days without orders; all currencies together. */
export function lastDays(
  days: readonly OrderSum[],
  now: number,
  drawn: number,
): readonly { readonly from: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const day of days) {
    const from = Number(day.key);
    counts.set(from, (counts.get(from) ?? 0) + countOf(day).count);
  }
  const today = new Date(now);
  return Array.from({ length: drawn }, (_, place) => {
    const back = drawn - 1 - place;
    const from = new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).getTime();
    return { from, count: counts.get(from) ?? 0 };
  });
}
