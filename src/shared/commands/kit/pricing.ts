/**
 * Evidence of an amount about sent prices and discounts. The machine may have applied each of them or not, so an amount is compared with
 * every possible explanation. A unique explanation is proof; several explanations prove nothing.
 */
import type { MachineState } from '../../model/machine';
import type { Order } from '../../model/order';
import { withSeen, type Repricing } from '../../model/repricing';

/** [ours] ms in which a machine applies a price change, if at all. linux restarts for it [field]. */
const settles = 300_000;

type Priced = Pick<MachineState, 'repricings' | 'orders' | 'platform'>;

/** A percentage that may be in force; `entry` null: from before all known entries. */
interface Percent {
  readonly percent: number;
  readonly entry: number | null;
  readonly at: number;
  readonly seen: number | null;
}
const undiscounted: Percent = { percent: 100, entry: null, at: 0, seen: null };

type SentPercent = Percent & Pick<Repricing, 'entry'>;

/** A price list that contains the product. */
type PriceOf = Pick<Repricing, 'entry' | 'at'> & { readonly price: number };

/** The sent changes that concern a product. */
interface Sent {
  readonly lists: readonly PriceOf[];
  readonly discounts: readonly SentPercent[];
}

interface Explanation {
  readonly amount: number;
  /** Rounding difference in fen. */
  readonly tolerance: 0 | 1;
  /** The price before any discount, and its uncertainty if calculated from a rounded amount. */
  readonly base: number;
  readonly slack: number;
  /** The entry of the discount in force, if Crema sent it. */
  readonly discount: number | null;
}

export interface Weighed {
  /** `same`: equal to the amount before, so not evidence. */
  readonly kind: 'shown' | 'same' | 'unclear' | 'differs';
  /** The expected amount. */
  readonly expected: number;
  /** The product's previous amount. */
  readonly earlier: number | null;
}

const priceIn = ({ prices }: Repricing, product: number): number | null =>
  Object.hasOwn(prices, product) ? (prices[product] ?? null) : null;

function sentFor(repricings: readonly Repricing[], product: number): Sent {
  const lists: PriceOf[] = [];
  const discounts: SentPercent[] = [];
  for (const one of repricings) {
    const { percent, entry, at, seen } = one;
    if (percent !== null) discounts.push({ percent, entry, at, seen });
    const price = priceIn(one, product);
    if (price !== null) lists.push({ entry, at, price });
  }
  return { lists, discounts };
}

/** The last amount requested for a product before this entry. */
export function askedBefore(orders: readonly Order[], product: number, entry: number) {
  const order = orders.findLast(
    (one) => one.productId === product && one.qrType !== null && one.amount !== null && one.entry < entry,
  );
  return order?.amount == null ? null : { amount: order.amount, at: order.at, entry: order.entry };
}
type Asked = NonNullable<ReturnType<typeof askedBefore>>;

/** The discounts that may be in force, oldest first: from the last one seen up to this entry. */
function inForce(discounts: readonly Percent[], upTo = Infinity): readonly Percent[] {
  const seen = discounts.findLastIndex((one) => one.seen !== null && one.seen <= upTo);
  return seen < 0 ? [undiscounted, ...discounts] : discounts.slice(seen);
}

class Weighing {
  readonly #platform: MachineState['platform'];
  readonly #product: number;
  readonly #lists: readonly PriceOf[];
  /** Percentages that may be in force now, and at the last request. */
  readonly #now: readonly Percent[];
  readonly #then: readonly Percent[];
  readonly #asked: Asked | null;

  constructor(platform: MachineState['platform'], product: number, asked: Asked | null, sent: Sent) {
    const { lists, discounts } = sent;
    this.#platform = platform;
    this.#product = product;
    this.#asked = asked;
    this.#lists = lists;
    this.#now = inForce(discounts);
    const before = asked?.entry ?? 0;
    this.#then = inForce(
      discounts.filter(({ entry }) => entry < before),
      before,
    ).flatMap((one) => (this.#isDropped(one, before) ? [one, { ...undiscounted, entry: one.entry }] : [one]));
  }

  /** android drops a product's discount when it gets a new price [field]. */
  #isDropped({ entry }: Percent, before = Infinity): boolean {
    return (
      this.#platform === 'android' &&
      this.#lists.some((list) => list.entry > (entry ?? 0) && list.entry < before)
    );
  }

  /** Explanation by a listed price. */
  #priced({ entry, price }: PriceOf, percent: Percent): Explanation {
    const isDropped = this.#platform === 'android' && (percent.entry ?? 0) < entry;
    const { percent: of, entry: discount } = isDropped ? undiscounted : percent;
    const amount = Math.round((price * of) / 100);
    return { amount, tolerance: of === 100 ? 0 : 1, base: price, slack: 0, discount };
  }

  /** All possible explanations. */
  get explanations(): readonly Explanation[] {
    const asked = this.#asked;
    if (asked === null)
      return this.#lists.flatMap((list) => this.#now.map((percent) => this.#priced(list, percent)));
    // Each once, although several earlier percentages lead to it. Otherwise the explanations grow with their product.
    const percents = new Set<Percent>();
    // A change sent long before the last request was applied by then, or never.
    const isLate = ({ at }: { readonly at: number }): boolean => at > asked.at - settles;
    const late = this.#now.filter((one) => one.entry !== null && isLate(one));
    const unlisted = this.#then.flatMap((then) => {
      const base = (asked.amount * 100) / then.percent;
      const slack = then.percent === 100 ? 0 : 50 / then.percent;
      const isStill = this.#now.some(({ entry }) => entry === then.entry);
      const changed = late.filter(({ entry }) => (entry ?? 0) > (then.entry ?? 0));
      const now = isStill ? [then, ...changed] : changed;
      return now.map((percent): Explanation => {
        percents.add(percent);
        return percent === then
          ? { amount: asked.amount, tolerance: 0, base, slack, discount: then.entry }
          : {
              amount: Math.round((base * percent.percent) / 100),
              tolerance: 1,
              base,
              slack,
              discount: percent.entry,
            };
      });
    });
    const all = [...percents];
    const listed = this.#lists
      .filter(isLate)
      .flatMap((list) => all.map((percent) => this.#priced(list, percent)));
    return unlisted.concat(listed);
  }

  /**
   * Whether the explanations are complete. Without an earlier request the product's price is unknown: then one percentage must be in force
   * whether the list was applied or not.
   */
  get isWhole(): boolean {
    if (this.#asked !== null) return true;
    const isDropped = this.#platform === 'android' && this.#lists.length > 0;
    const percents = [...this.#now.map(({ percent }) => percent), ...(isDropped ? [100] : [])];
    return new Set(percents).size <= 1;
  }

  /** The expected amount with this discount or price. */
  expected(change: Repricing): number {
    const { percent } = change;
    if (percent !== null)
      return Math.round(((this.#asked?.amount ?? 0) * percent) / (this.#then.at(-1) ?? undiscounted).percent);
    const price = priceIn(change, this.#product) ?? 0;
    const { entry, at } = change;
    return this.#priced({ entry, at, price }, this.#now.at(-1) ?? undiscounted).amount;
  }
}

/** The evidence of a requested amount about one sent change; `null`: none. */
export function weigh(
  machine: Priced,
  change: Repricing,
  product: number,
  amount: number,
  sent: Sent = sentFor(machine.repricings, product),
): Weighed | null {
  const asked = askedBefore(machine.orders, product, change.entry);
  const price = priceIn(change, product);
  // With a discount, the expected amount depends on the previous one.
  if (change.percent === null ? price === null : asked === null) return null;
  const weighing = new Weighing(machine.platform, product, asked, sent);
  const explains = weighing.explanations.filter((one) => Math.abs(one.amount - amount) <= one.tolerance);
  const agrees = explains.filter(({ base, slack, discount }) =>
    price === null ? discount === change.entry : Math.abs(base - price) <= slack,
  );
  // An unproved discount cannot prove a price.
  const isSure =
    price === null ||
    agrees.every(
      ({ discount }) => !sent.discounts.some((one) => one.entry === discount && one.seen === null),
    );
  const isWhole = isSure && agrees.length === explains.length && weighing.isWhole;
  const isSame = amount === asked?.amount;
  return {
    kind: agrees.length === 0 ? 'differs' : !isWhole ? 'unclear' : isSame ? 'same' : 'shown',
    expected: weighing.expected(change),
    earlier: asked?.amount ?? null,
  };
}

/**
 * The price of a product in fen without a discount, as far as this order's amount shows it.
 * `null`: the amount may contain a discount.
 */
export function priceBehind(
  { repricings, platform }: Priced,
  { productId, amount, entry }: Pick<Order, 'productId' | 'amount' | 'entry'>,
): number | null {
  if (productId === null || amount === null) return null;
  const before = repricings.filter((one) => one.entry < entry);
  const { lists, discounts } = sentFor(before, productId);
  const list = lists.at(-1);
  // The sent price was requested exactly.
  if (list?.price === amount) return amount;
  const maybe = inForce(discounts, entry).map(({ percent, entry: of }) => ({ percent, entry: of ?? 0 }));
  const isDropped = platform === 'android' && maybe.some((one) => one.entry < (list?.entry ?? 0));
  const percents = new Set([...maybe.map(({ percent }) => percent), ...(isDropped ? [100] : [])]);
  const [percent = 100] = percents;
  if (percents.size > 1 || percent === 0) return null;
  return Math.round((amount * 100) / percent);
}

/** The product has the sent price, whether changed by the command or not. */
const costs: ReadonlySet<Weighed['kind'] | undefined> = new Set(['shown', 'same'] as const);

/** Sent prices that no amount has shown yet, by product. */
export function unprovedPrices(
  machine: Priced,
): ReadonlyMap<number, { readonly price: number; readonly at: number }> {
  const sent = new Map<number, Repricing>();
  for (const one of machine.repricings)
    for (const product of Object.keys(one.prices)) sent.set(Number(product), one);
  const unproved = new Map<number, { readonly price: number; readonly at: number }>();
  for (const [product, list] of sent) {
    const isProved = machine.orders.some(
      ({ productId, amount, qrType, entry }) =>
        productId === product &&
        amount !== null &&
        qrType !== null &&
        entry > list.entry &&
        costs.has(weigh(machine, list, product, amount)?.kind),
    );
    const price = priceIn(list, product);
    if (!isProved && price !== null) unproved.set(product, { price, at: list.at });
  }
  return unproved;
}

interface Request {
  readonly productId: number;
  readonly amount: number;
}

/** Whether this amount shows a discount. Most amounts are those before it: they show nothing, and need no weighing. */
const shows = (
  machine: Priced,
  discount: Repricing,
  { productId, amount }: Request,
  sent: () => Sent,
): boolean =>
  askedBefore(machine.orders, productId, discount.entry)?.amount !== amount &&
  weigh(machine, discount, productId, amount, sent())?.kind === 'shown';

/**
 * Whether this request proves a sent discount. Proof needs two products with different amounts: one amount alone may be a price that a
 * person set at the machine.
 */
export function isDiscountSeen(
  machine: Priced,
  discount: Repricing,
  request: Request,
  sent = (): Sent => sentFor(machine.repricings, request.productId),
): boolean {
  if (!shows(machine, discount, request, sent)) return false;
  return machine.orders.some(({ entry, qrType, productId, amount }) => {
    if (entry <= discount.entry || qrType === null) return false;
    if (productId === null || productId === request.productId) return false;
    if (amount === null || amount === request.amount) return false;
    const before = (): readonly Repricing[] => machine.repricings.filter((one) => one.entry < entry);
    return shows(machine, discount, { productId, amount }, () => sentFor(before(), productId));
  });
}

/** The sent price changes after a payment request, with the discounts that two products prove. */
export function seenBy(
  machine: Priced,
  {
    entry,
    productId,
    amount,
  }: Readonly<Record<'productId' | 'amount', number | null>> & { readonly entry: number },
): readonly Repricing[] {
  const { repricings } = machine;
  if (productId === null || amount === null || repricings.length === 0) return repricings;
  let known: Sent | null = null;
  const sent = (): Sent => (known ??= sentFor(repricings, productId));
  const shown = repricings.filter(
    (one) =>
      one.percent !== null && one.seen === null && isDiscountSeen(machine, one, { productId, amount }, sent),
  );
  return shown.length === 0 ? repricings : withSeen(repricings, shown, entry);
}
