/** Sums of orders by day, product and payment type. Rehearsed payments are not real money and count separately. Times are ms, amounts fen. */

import { isUnpaidWay } from './payTypes';

export interface OrderSumsQuery {
  /** `null`: all machines. */
  readonly vmcNo: number | null;
  /** Span of sale times, with exclusive end; `null`: open. */
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * `made`, `failed`: reported by the machine. `free`: made, with a payment type for free drinks. `unpaid`: no drink, and not paid. `open`: paid
 * without a drink yet, or finished without a result. `rehearsedMade`, `rehearsedOther`: with and without a drink, where the machine is virtual
 * or Crema sent a payment result. Such an order is in no other bucket. In a capture the sender is unknown and does not count.
 */
export const orderBuckets = [
  'made',
  'failed',
  'unpaid',
  'open',
  'free',
  'rehearsedMade',
  'rehearsedOther',
] as const;
export type OrderBucket = (typeof orderBuckets)[number];

/** Number of orders, and the sum of their amounts. */
export interface OrderCell {
  readonly count: number;
  readonly amount: number;
}

export interface OrderSum {
  /** A day: its start. A product: its number. A payment type: as received. '': not reported. */
  readonly key: string;
  /** A product's name, if reported. */
  readonly name: string | null;
  /** Currency of the amounts. Different currencies are never added. */
  readonly currency: string;
  readonly cells: Readonly<Record<OrderBucket, OrderCell>>;
}

export const sumKinds = ['days', 'products', 'payTypes'] as const;
export type OrderSumKind = (typeof sumKinds)[number];

interface AnySums {
  /** Time of calculation. */
  readonly at: number;
  /** Number of unreadable orders, which are in no sum. */
  readonly unread: number;
}

/** All sums. A machine can report any product, so they can be as many as the orders. */
export interface AllOrderSums extends AnySums, Readonly<Record<OrderSumKind, readonly OrderSum[]>> {}

/** Sums of one kind, in the order of the screen. */
export interface SumList {
  readonly lines: readonly OrderSum[];
  /** Number of further sums. */
  readonly left: number;
}

/** The sums that a screen shows. */
export interface OrderSums extends AnySums, Readonly<Record<OrderSumKind, SumList>> {
  /** All orders, by currency. */
  readonly totals: readonly Pick<OrderSum, 'currency' | 'cells'>[];
  /** Number of orders by start of the day, in all currencies, newest first. */
  readonly perDay: readonly { readonly from: number; readonly count: number }[];
}

/** The facts that decide the category of an order. */
export interface OrderOutcome {
  readonly made: boolean | null;
  readonly doneTimes: number;
  /** The payment result sent to the machine; `null`: none. */
  readonly paid: boolean | null;
  readonly payType: string | null;
  /** The payment result is from the machine's real server, through the relay. */
  readonly paidByServer: boolean;
  /** Reported by a virtual machine. */
  readonly isVirtual: boolean;
}

/** `rehearses`: the payment results are Crema's own. */
export function bucketOf(
  { made, doneTimes, paid, paidByServer, payType, isVirtual }: OrderOutcome,
  rehearses: boolean,
): OrderBucket {
  if (isVirtual || (rehearses && paid !== null && !paidByServer))
    return made === true ? 'rehearsedMade' : 'rehearsedOther';
  if (made === true) return isUnpaidWay(payType) ? 'free' : 'made';
  if (made === false) return 'failed';
  return doneTimes === 0 && paid !== true ? 'unpaid' : 'open';
}

export const noCells = Object.fromEntries(
  orderBuckets.map((bucket) => [bucket, { count: 0, amount: 0 }]),
) as Readonly<Record<OrderBucket, OrderCell>>;

export const countOf = ({ cells }: Pick<OrderSum, 'cells'>, ...buckets: readonly OrderBucket[]): OrderCell =>
  (buckets.length === 0 ? orderBuckets : buckets).reduce(
    (sum, bucket) => ({
      count: sum.count + cells[bucket].count,
      amount: sum.amount + cells[bucket].amount,
    }),
    { count: 0, amount: 0 },
  );

/** Merges partial sums, newest first, by key and currency. The last reported name counts. */
export function joinedSums(parts: readonly OrderSum[]): readonly OrderSum[] {
  const known = new Map<string, OrderSum>();
  for (const sum of parts) {
    const id = `${sum.currency}\n${sum.key}`;
    const before = known.get(id);
    known.set(id, before === undefined ? sum : together(before, sum));
  }
  return [...known.values()];
}

const together = (a: OrderSum, b: OrderSum): OrderSum => ({
  ...a,
  name: a.name ?? b.name,
  cells: Object.fromEntries(
    orderBuckets.map((bucket) => [
      bucket,
      {
        count: a.cells[bucket].count + b.cells[bucket].count,
        amount: a.cells[bucket].amount + b.cells[bucket].amount,
      },
    ]),
  ) as OrderSum['cells'],
});

/** Lines of one kind, and days of the chart, that a screen shows at most: invented products must not fill it. */
export const sumsShown = 60;

/** Days newest first; other sums by number of orders. */
export function inOrder(kind: OrderSumKind, sums: readonly OrderSum[]): readonly OrderSum[] {
  return kind === 'days'
    ? sums.toSorted((a, b) => Number(b.key) - Number(a.key) || a.currency.localeCompare(b.currency))
    : sums.toSorted((a, b) => countOf(b).count - countOf(a).count || a.key.localeCompare(b.key));
}

export function shownSums({ at, unread, ...all }: AllOrderSums): OrderSums {
  const list = (kind: OrderSumKind): SumList => ({
    lines: inOrder(kind, all[kind]).slice(0, sumsShown),
    left: Math.max(0, all[kind].length - sumsShown),
  });
  const totals = joinedSums(all.days.map((day) => ({ ...day, key: '' })));
  const perDay = new Map<number, number>();
  for (const day of all.days)
    perDay.set(Number(day.key), (perDay.get(Number(day.key)) ?? 0) + countOf(day).count);
  return {
    at,
    unread,
    totals: totals.map(({ currency, cells }) => ({ currency, cells })),
    perDay: [...perDay]
      .map(([from, count]) => ({ from, count }))
      .toSorted((a, b) => b.from - a.from)
      .slice(0, sumsShown),
    days: list('days'),
    products: list('products'),
    payTypes: list('payTypes'),
  };
}

/** Texts in the language of the reader. */
export interface SumTexts {
  readonly date: (at: number) => string;
  /** "Product 810" */
  readonly product: (id: string) => string;
  /** "WeChat Pay"; an unknown type unchanged. */
  readonly payType: (type: string) => string;
  /** "WeChat Pay (wx_pub)" */
  readonly withCode: (text: string, code: string) => string;
  readonly unsaid: string;
}

/** The name of the orders in a sum. */
export function sumName(
  texts: SumTexts,
  kind: OrderSumKind,
  { key, name }: Pick<OrderSum, 'key' | 'name'>,
): string {
  if (kind === 'days') return texts.date(Number(key));
  if (key === '') return name ?? texts.unsaid;
  if (kind === 'payTypes') {
    const type = texts.payType(key);
    return type === key ? type : texts.withCode(type, key);
  }
  return name === null ? texts.product(key) : texts.withCode(name, key);
}
