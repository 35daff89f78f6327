import { z } from 'zod';
import type { JsonObject, JsonValue } from '../model/json';
import { lastPrice } from '../model/knownProducts';
import { longestTaken, longFrame } from '../limits';
import type { Platform } from '../model/machine';
import type { WireMessage } from '../model/message';
import { amount, day, minute } from './kit/inputs';
import { asBefore, compared } from './kit/listed';
import { productProblem } from './kit/products';
import { restarts } from './kit/restart';
import { command } from './kit/row';
import { amountAsked, askedOf } from './kit/sales';
import { notMine, when, type About } from './kit/verdict';
import { both } from './kit/wire';

/** Price in fen; type 0-3 [doc 3.9], which android ignores [field]. */
const price = z.strictObject({
  productId: z.int().min(1).max(999_999),
  price: amount,
  type: z.int().min(0).max(3),
});
export type Price = Readonly<z.infer<typeof price>>;

const headBytes = 12;
/** Limit of body bytes: machines drop longer frames, and android keeps only one list at a time [field]. */
const mostBytes = { linux: longFrame - headBytes, android: longestTaken.android - headBytes - 1 };

/** Each product separately. */
const asked = when('qrcode', (qrcode, about: About<unknown>) =>
  qrcode.productId !== null && about.command.awaited.includes(qrcode.productId)
    ? amountAsked(qrcode, about)
    : notMine,
);

export const setPrices = command(z.strictObject({ prices: z.array(price).min(1).max(500) }))({
  examples: [{ prices: [{ productId: 801, price: 1000, type: 0 }] }],
  offered: 'button',
  // A linux machine restarts to apply the prices [field].
  effects: { linux: ['restarts', 'reprices'], android: ['reprices'] },
  wire: both(({ prices }, { vmcNo, platform }) => priceMessages(vmcNo, prices, platform)),
  refuses: ({ prices }, platform) =>
    productProblem(
      prices.map(({ productId }) => productId),
      platform,
    ),
  steps: {
    pricesListed: { listed: 2 },
    pricesDiffer: { productId: 801, differing: 2, amount: 950, expected: 1_000 },
  },
  remember: ({ machine }, { prices }, listed) => {
    const ids = prices.map(({ productId }) => productId);
    return {
      ...asBefore(ids, (id) => lastPrice(machine, listed, id)),
      asked: askedOf(machine, ids),
    };
  },
  onProducts: ({ prices }, { awaited, input: facts }, listed) => {
    const sent = new Map(prices.map(({ productId, price: fen }) => [productId, fen]));
    return compared(awaited, {
      facts,
      says: (id) => listed.get(id)?.price ?? null,
      wants: (id) => sent.get(id) ?? null,
      shown: 'pricesListed',
      differs: 'pricesDiffer',
      about: (shown, id) => ({ amount: shown, expected: sent.get(id) ?? 0 }),
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
  slot: 'settings',
  // An amount concerns one product.
  sameAs: ({ prices }, other) => {
    const ids = new Set(other.prices.map(({ productId }) => productId));
    return prices.some(({ productId }) => ids.has(productId));
  },
  // A mistyped value must not last until its proof.
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
  virtual: {
    linux: {
      acts: (vm, message) => {
        const rows = rowsOf(message);
        if (!vm.isOwn(message) || rows.length === 0) return;
        // A restart follows even without a valid row [field3].
        for (const [id = 0, fen = -1, type = 0] of rows)
          if (id >= 100 && fen >= 0 && type >= 0 && type <= 3) vm.setPrice(id, fen);
        vm.restart();
      },
    },
    android: {
      notifies: 'never',
      acts: (vm, message) =>
        vm.inSlot(() => {
          for (const [id = 0, fen = -1] of rowsOf(message))
            if (id >= 1 && id <= 59_999 && fen >= 0) vm.setPrice(id, fen);
        }),
    },
  },
});

const rowsOf = ({ price: rows }: JsonObject): readonly (readonly number[])[] =>
  Array.isArray(rows) ? rows.flatMap((row: JsonValue) => (Array.isArray(row) ? [row.map(Number)] : [])) : [];

/** A price list in the minimum number of frames. */
export function priceMessages(
  vmcNo: number,
  prices: readonly Price[],
  platform: Platform | null,
): readonly WireMessage[] {
  const most = mostBytes[platform ?? 'linux'];
  const message = (rows: readonly (readonly number[])[]): WireMessage => ({
    cmd: 'priceset',
    vmc_no: vmcNo,
    price: rows,
  });
  const messages: WireMessage[] = [];
  let rows: (readonly number[])[] = [];
  for (const { productId, price: fen, type } of prices) {
    const next = [...rows, [productId, fen, type]];
    // Only digits and brackets, so characters equal bytes.
    if (rows.length > 0 && JSON.stringify(message(next)).length > most) {
      messages.push(message(rows));
      rows = [[productId, fen, type]];
    } else rows = next;
  }
  if (rows.length > 0) messages.push(message(rows));
  return messages;
}
