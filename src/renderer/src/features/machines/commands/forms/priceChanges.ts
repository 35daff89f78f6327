/** What a price table changes, as far as the prices of now are known. */
import type { Price } from '#shared/commands/setPrices';

/** How a row differs from what is known; `unknown`: nothing is. */
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

/** So many times what is known: no price rises or falls like that, but a unit does, by a hundred. */
const suspicious = 20;
/** fen: where nothing is known, no drink costs more, or less. */
const usual = { most: 10_000, least: 100 };

/** Whether the unit may be the other one: all is far too much, or far too little. */
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
