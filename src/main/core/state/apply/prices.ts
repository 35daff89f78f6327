import { discount } from '#shared/messages/discount';
import { withRepricing } from '#shared/model/repricing';
import { toInteger } from '#shared/messages/field';
import { priceset } from '#shared/messages/priceset';
import { evident, on } from './on';

/** Only a later requested amount shows whether the machine applied the discount. */
export const onDiscount = on(discount, ({ repricings }, { discount: percent }, entry) =>
  percent === null
    ? null
    : {
        discount: evident(percent, entry),
        // A price of zero gives no ratio.
        repricings:
          percent > 0 ? withRepricing(repricings, { at: entry.at, entry: entry.id, percent }) : repricings,
      },
);

/** The later of two prices of the same product applies. */
export const onPriceset = on(priceset, ({ repricings }, { priceList }, { at, id }) => {
  const prices = (priceList ?? []).flatMap((row) => {
    const [product, fen] = Array.isArray(row) ? row.map(toInteger) : [];
    return product == null || fen == null ? [] : [[String(product), fen] as const];
  });
  return prices.length === 0
    ? null
    : { repricings: withRepricing(repricings, { at, entry: id, prices: Object.fromEntries(prices) }) };
});
