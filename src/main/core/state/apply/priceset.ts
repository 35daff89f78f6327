import { toInteger } from '#shared/messages/field';
import { priceset } from '#shared/messages/priceset';
import { withRepricing } from '#shared/model/repricing';
import { on } from './on';

/** The later of two prices of the same product applies. */
export const apply = on(priceset, ({ repricings }, { priceList }, { at, id }) => {
  const prices = (priceList ?? []).flatMap((row) => {
    const [product, fen] = Array.isArray(row) ? row.map(toInteger) : [];
    return product == null || fen == null ? [] : [[String(product), fen] as const];
  });
  return prices.length === 0
    ? null
    : { repricings: withRepricing(repricings, { at, entry: id, prices: Object.fromEntries(prices) }) };
});
