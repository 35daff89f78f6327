import { z } from 'zod';
import type { WireMessage } from '../model/message';
import { amount, day, minute } from './kit/inputs';
import { compared } from './kit/listed';
import { productProblem } from './kit/products';
import { restarts, restartsLinux } from './kit/restart';
import { command } from './kit/row';
import { amountAsked } from './kit/sales';
import { notMine, when, type About } from './kit/verdict';
import { both } from './kit/wire';

/** [doc 3.9]: price in fen, type 0-3, which android does not read [field]. */
const price = z.strictObject({
  productId: z.int().min(1).max(999_999),
  price: amount,
  type: z.int().min(0).max(3),
});
export type Price = Readonly<z.infer<typeof price>>;

/** Each product by itself. */
const asked = when('qrcode', (qrcode, about: About<unknown>) =>
  qrcode.productId !== null && about.command.awaited.includes(qrcode.productId)
    ? amountAsked(qrcode, about)
    : notMine,
);

export const setPrices = command(z.strictObject({ prices: z.array(price).min(1).max(500) }))({
  examples: [{ prices: [{ productId: 801, price: 1000, type: 0 }] }],
  offered: 'menu',
  // Applying them restarts a linux machine [field].
  effects: { linux: ['restarts', 'reprices'], android: ['reprices'] },
  wire: both(({ prices }, { vmcNo }) => priceMessages(vmcNo, prices)),
  refuses: ({ prices }, platform) =>
    productProblem(
      prices.map(({ productId }) => productId),
      platform,
    ),
  steps: {
    pricesListed: { listed: 2 },
    pricesDiffer: { productId: 801, differing: 2, amount: 950, expected: 1_000 },
  },
  onProducts: ({ prices }, { awaited }, listed) => {
    const sent = new Map(prices.map(({ productId, price: fen }) => [productId, fen]));
    return compared(awaited, {
      says: (id) => listed.get(id)?.price ?? null,
      wants: (id) => sent.get(id) ?? null,
      shown: 'pricesListed',
      differs: 'pricesDiffer',
      about: (said, id) => ({ amount: said, expected: sent.get(id) ?? 0 }),
      oneByOne: true,
    });
  },
  expects: {
    linux: [{ within: day, anyOf: [...restarts, asked] }],
    android: [{ within: day, anyOf: [asked] }],
  },
  awaits: ({ prices }) => prices.map(({ productId }) => productId),
  queueFor: 10 * minute,
  outlivesRestart: true,
  alone: { linux: minute, android: 0 },
  // One amount is of one product.
  sameAs: ({ prices }, other) => {
    const ids = new Set(other.prices.map(({ productId }) => productId));
    return prices.some(({ productId }) => ids.has(productId));
  },
  // A slip of the finger must not last until its proof.
  replaces: () => true,
  says: ({ prices }) => {
    const [first] = prices;
    if (first === undefined) return null;
    return prices.length === 1
      ? ['one', { first: first.productId, price: first.price }]
      : ['many', { count: prices.length }];
  },
  waiting: ({ awaited }) =>
    awaited.length === 1 ? ['product', {}] : ['products', { count: awaited.length }],
  virtual: both({
    acts: (vm, message) => {
      const rows: readonly unknown[] = Array.isArray(message['price']) ? message['price'] : [];
      for (const row of rows) {
        if (!Array.isArray(row)) continue;
        const [product, fen] = row.map(Number);
        if (product !== undefined && fen !== undefined && product >= 1 && fen >= 0) vm.setPrice(product, fen);
      }
      restartsLinux(vm);
    },
  }),
});

/** Bytes of a body: 1000 less the head's 12. */
const mostBytes = 988;

/** A price list as frames: machines drop frames over 1024 bytes [field], so a long one is sent in several. */
export function priceMessages(vmcNo: number, prices: readonly Price[]): readonly WireMessage[] {
  const message = (rows: readonly (readonly number[])[]): WireMessage => ({
    cmd: 'priceset',
    vmc_no: vmcNo,
    price: rows,
  });
  const messages: WireMessage[] = [];
  let rows: (readonly number[])[] = [];
  for (const { productId, price: fen, type } of prices) {
    const next = [...rows, [productId, fen, type]];
    // Digits and brackets only: characters are bytes.
    if (rows.length > 0 && JSON.stringify(message(next)).length > mostBytes) {
      messages.push(message(rows));
      rows = [[productId, fen, type]];
    } else rows = next;
  }
  if (rows.length > 0) messages.push(message(rows));
  return messages;
}
