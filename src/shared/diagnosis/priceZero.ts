import { day } from '../commands/kit/inputs';
import type { MachineState } from '../model/machine';
import { giving, rule } from './kit/rule';

/** Payment types of drinks given away on purpose. */
const free: ReadonlySet<string | null> = new Set(['free', 'test']);

/** A product has the price 0, so the machine requests no payment. Drinks ordered by a server cost nothing and are ignored. */
export const priceZero = rule({
  severity: 'warning',
  reads: ['orders', 'repricings'],
  byTime: true,
  causes: { sent: giving('setPrices'), machine: giving('setPrices') },
  when: ({ machine, now }) => {
    const sent = sentZero(machine);
    if (sent !== null) return { cause: 'sent', ...sent };
    // Only a product's last sale counts.
    const seen = new Set<number>();
    for (const { productId, amount, payType, heardAt, entry, ordered } of machine.orders.toReversed()) {
      if (productId === null || amount === null || free.has(payType) || ordered !== undefined) continue;
      if (seen.has(productId)) continue;
      seen.add(productId);
      if (amount === 0 && now - heardAt < day)
        return { cause: 'machine', evidence: [entry], params: { product: productId } };
    }
    return null;
  },
});

/** The last price sent for a product is 0, and no later request shows another. */
function sentZero({ repricings, orders }: MachineState): {
  readonly evidence: readonly number[];
  readonly params: { readonly product: number };
} | null {
  const known = new Set<string>();
  for (const { prices, entry } of repricings.toReversed())
    for (const [product, fen] of Object.entries(prices)) {
      if (known.has(product)) continue;
      known.add(product);
      const later = orders.some(
        ({ productId, amount, entry: order }) =>
          String(productId) === product && order > entry && (amount ?? 0) > 0,
      );
      if (fen === 0 && !later) return { evidence: [entry], params: { product: Number(product) } };
    }
  return null;
}
