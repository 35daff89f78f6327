/** Something that was sent about a machine's prices. Whether it took it, only an amount that it asks for can show. */
export interface Repricing {
  readonly at: number;
  /** Its frame. */
  readonly entry: number;
  /** What customers pay of the prices; `null`: it is a price list. */
  readonly percent: number | null;
  /** fen by product id; a discount has none. */
  readonly prices: Readonly<Record<string, number>>;
  /** Of a discount: the request with an amount that nothing else explains. */
  readonly seen: number | null;
}

const discountsKept = 10;
/** A long list is a dozen frames. */
const listsKept = 40;
const pricesKept = 1_000;

/** With one more, and without the oldest where they are too many. */
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
    counts.prices += Object.keys(one.prices).length;
    return counts.lists <= listsKept && counts.prices <= pricesKept;
  });
  return kept.toReversed();
}

/** Of these discounts an amount of this request was seen. */
export const withSeen = (
  repricings: readonly Repricing[],
  shown: readonly Repricing[],
  seen: number,
): readonly Repricing[] =>
  repricings.map((one) => (shown.includes(one) ? Object.assign({}, one, { seen }) : one));
