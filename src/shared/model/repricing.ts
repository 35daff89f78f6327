/** A sent price change. Only a later requested amount can show whether the machine applied it. */
export interface Repricing {
  readonly at: number;
  /** Its frame. */
  readonly entry: number;
  /** Percentage of the prices that customers pay; `null`: a price list. */
  readonly percent: number | null;
  /** fen by product id; empty for a discount. */
  readonly prices: Readonly<Record<string, number>>;
  /** Of a discount: the request whose amount proves it. */
  readonly seen: number | null;
}

const discountsKept = 10;
/** Limits. A long list needs a dozen frames. */
const listsKept = 40;
const pricesKept = 1_000;

/** Adds a price change and drops the oldest above the limit. */
export function withRepricing(
  repricings: readonly Repricing[],
  { at, entry, percent = null, prices = {} }: Pick<Repricing, 'at' | 'entry'> & Partial<Repricing>,
): readonly Repricing[] {
  // After a crash entries are folded again.
  if (repricings.some((one) => one.entry === entry)) return repricings;
  const all = [...repricings, { at, entry, percent, prices, seen: null }];
  const counts = { discounts: 0, lists: 0, prices: 0 };
  const kept = all.toReversed().filter((one) => {
    if (one.percent !== null) return (counts.discounts += 1) <= discountsKept;
    counts.lists += 1;
    counts.prices += sizeOf(one.prices);
    return counts.lists <= listsKept && counts.prices <= pricesKept;
  });
  return kept.toReversed();
}

/** Counting members named by numbers takes microseconds, and every change counts those of dozens of lists. */
const sizes = new WeakMap<Repricing['prices'], number>();
function sizeOf(prices: Repricing['prices']): number {
  let size = sizes.get(prices);
  if (size === undefined) sizes.set(prices, (size = Object.keys(prices).length));
  return size;
}

/** Marks these discounts as proved by this request. */
export const withSeen = (
  repricings: readonly Repricing[],
  shown: readonly Repricing[],
  seen: number,
): readonly Repricing[] =>
  repricings.map((one) => (shown.includes(one) ? Object.assign({}, one, { seen }) : one));
