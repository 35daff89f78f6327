/** What orders come to: by day, product and payment type. A rehearsed payment is no money and is counted apart. Times are ms, amounts fen. */

export interface OrderSumsQuery {
  /** `null`: of all machines. */
  readonly vmcNo: number | null;
  /** Sold from then on, and before then; `null`: no end. */
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * made, failed: its machine said so, and no server told of a payment, or one that was recorded elsewhere did. unpaid: neither a drink nor a
 * payment. open: paid without a drink yet, or finished without saying how. free: made, and its pay type says that nobody paid. rehearsed:
 * Crema told of the payment, or a virtual machine of the order, which is no money; made, or anything else.
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

/** Orders, and their amounts together. */
export interface OrderCell {
  readonly count: number;
  readonly amount: number;
}

export interface OrderSum {
  /** A day: when it begins. A product: its number. A pay type: as machines write it. '': the machine said none. */
  readonly key: string;
  /** A product's name, where one was said. */
  readonly name: string | null;
  /** What the amounts are in: unlike ones are never added. */
  readonly currency: string;
  readonly cells: Readonly<Record<OrderBucket, OrderCell>>;
}

export const sumKinds = ['days', 'products', 'payTypes'] as const;
export type OrderSumKind = (typeof sumKinds)[number];

export interface OrderSums extends Readonly<Record<OrderSumKind, readonly OrderSum[]>> {
  /** When it was summed up. */
  readonly at: number;
  /** Orders whose row can't be read: they are in no sum. */
  readonly unread: number;
}

/** What decides where an order is counted. */
export interface OrderOutcome {
  readonly made: boolean | null;
  readonly doneTimes: number;
  /** What the machine was told of the payment; `null`: nothing. */
  readonly paid: boolean | null;
  readonly payType: string | null;
  /** That was the machine's real server's word, which a relay passed on. */
  readonly paidByServer: boolean;
  /** A virtual machine told of it. */
  readonly isVirtual: boolean;
}

/** Nobody pays for these [field]: told to be made, given away, tried out. */
const unpaidTypes: ReadonlySet<string> = new Set(['fastcode', 'free', 'test']);

/** `rehearses`: what the machine was told of payments was Crema's own word. */
export function bucketOf(
  { made, doneTimes, paid, paidByServer, payType, isVirtual }: OrderOutcome,
  rehearses: boolean,
): OrderBucket {
  if (isVirtual || (rehearses && paid !== null && !paidByServer))
    return made === true ? 'rehearsedMade' : 'rehearsedOther';
  if (made === true) return unpaidTypes.has((payType ?? '').trim().toLowerCase()) ? 'free' : 'made';
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

/** Sums of parts of the orders, newest first; those of one key and currency become one, under the name that was said last. */
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
