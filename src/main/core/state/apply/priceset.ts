import { toInteger } from '#shared/messages/field';
import { priceset } from '#shared/messages/priceset';
import { withRepricing } from '#shared/model/repricing';
import { on } from './on';

/** Of two prices of one product the later is in force. */
export const apply = on(priceset, ({ repricings }, { priceList }, { at, id }) => {
  const prices = (priceList ?? []).flatMap((row) => {
    const [product, fen] = Array.isArray(row) ? row.map(toInteger) : [];
    return product == null || fen == null ? [] : [[String(product), fen] as const];
  });
  return prices.length === 0
    ? null
    : { repricings: withRepricing(repricings, { at, entry: id, prices: Object.fromEntries(prices) }) };
});
