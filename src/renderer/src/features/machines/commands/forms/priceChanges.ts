/** The changes of a price table, as far as the current prices are known. */
import type { Price } from '#shared/commands/setPrices';

/** The difference of a row from the known price; `unknown`: no price is known. */
export type PriceChange =
  | { readonly kind: 'changed'; readonly from: number; readonly to: number }
  | { readonly kind: 'same' | 'unknown'; readonly to: number };

type KnownPrices = ReadonlyMap<number, number>;

export function changeOf({ productId, price }: Price, known: KnownPrices): PriceChange {
  const from = known.get(productId);
  if (from === undefined) return { kind: 'unknown', to: price };
  return from === price ? { kind: 'same', to: price } : { kind: 'changed', from, to: price };
}

export function changeCounts(
  prices: readonly Price[],
  known: KnownPrices,
): Readonly<Record<PriceChange['kind'], number>> {
  const counts = { changed: 0, same: 0, unknown: 0 };
  for (const price of prices) counts[changeOf(price, known).kind] += 1;
  return counts;
}

/** Factor to the known price: real changes are smaller, but a wrong unit means a factor of a hundred. */
const suspicious = 20;
/** fen: the usual range of prices, used if no price is known. */
const usual = { most: 10_000, least: 100 };

/** Whether the unit may be wrong: all prices are far too high, or far too low. */
export function suspicionOf(prices: readonly Price[], known: KnownPrices): 'high' | 'low' | null {
  const charged = prices.filter(({ price }) => price > 0);
  if (charged.length === 0) return null;
  const ratios = charged.flatMap(({ productId, price }) => {
    const from = known.get(productId);
    return from === undefined || from === 0 ? [] : [price / from];
  });
  if (ratios.length > 0) {
    const middle = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 1;
    if (middle >= suspicious) return 'high';
    return middle <= 1 / suspicious ? 'low' : null;
  }
  if (charged.every(({ price }) => price >= usual.most)) return 'high';
  return charged.every(({ price }) => price < usual.least) ? 'low' : null;
}
