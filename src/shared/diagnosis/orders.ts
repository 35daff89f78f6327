import { longQr } from '../limits';
import { refusalOf } from '../model/order';
import { day } from '../commands/kit/inputs';
import type { MachineState } from '../model/machine';
import { isGivenAway } from '../model/payTypes';
import { lately, remarkOf } from './kit/remarked';
import { giving, rule, setting, tab, type DiagnosisFacts } from './kit/rule';
import { answeredByServer } from './kit/trouble';

/** A sent QR text is longer than machines can show. */
export const qrTooLong = rule({
  severity: 'warning',
  reads: ['orders'],
  byTime: true,
  causes: { text: setting('qrAnswers') },
  when: ({ machine: { orders }, now }) => {
    const answered = orders.findLast((order) => order.answered !== null && now - order.answered.at < lately);
    const lengths = Object.values(answered?.qr ?? {}).map((text) => Array.from(text).length);
    const longest = Math.max(0, ...lengths);
    const evidence = answered?.answered?.entry;
    return evidence === undefined || longest <= longQr
      ? null
      : { cause: 'text', evidence: [evidence], params: { chars: longest, limit: longQr } };
  },
});

/** [ours] ms. No drink takes longer. */
const drinkTakes = 300_000;

/** The machine got a payment result and neither acknowledged it nor made the drink. */
export const paymentUnanswered = rule({
  severity: 'warning',
  reads: ['orders'],
  byTime: true,
  causes: { unheard: tab('orders') },
  when: ({ machine, now }) => {
    const order = machine.orders.findLast((one) => {
      const { payment, acknowledged, done } = one;
      if (payment?.value.paid !== true || acknowledged !== null || done !== null || refusalOf(one) !== null)
        return false;
      return now - payment.at >= drinkTakes && now - payment.at < lately;
    });
    const result = order?.payment;
    if (order === undefined || result == null) return null;
    const { orderNo, productId } = order;
    const product = productId === null ? {} : productParams(machine, productId);
    return {
      cause: 'unheard',
      since: result.at,
      evidence: [result.entry],
      params: { order: orderNo, ...product },
    };
  },
});

/** One repetition means a late answer. A second one means that the answer does not arrive or does not settle the order. */
const often = 3;

/** The machine sends the same orders again and again. */
export const ordersResent = rule({
  severity: 'warning',
  reads: ['orders', 'findings', 'link'],
  byTime: true,
  causes: { profile: setting('replyProfile'), server: null, stored: null },
  when: (facts) => {
    if (remarkOf(facts, ['order.repeated']) === null) return null;
    const resent = facts.machine.orders.filter(({ doneTimes }) => doneTimes >= often);
    const last = resent.toSorted((a, b) => a.lastDone - b.lastDone).at(-1);
    return last === undefined
      ? null
      : {
          cause: causeOf(facts),
          evidence: [last.lastDone],
          params: { orders: resent.length },
        };
  },
});

function causeOf({ machine, config }: DiagnosisFacts): 'profile' | 'server' | 'stored' {
  if (answeredByServer(machine)) return 'server';
  return config.replyProfile === 'document' ? 'profile' : 'stored';
}

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
      if (productId === null || amount === null || isGivenAway(payType) || ordered !== undefined) continue;
      if (seen.has(productId)) continue;
      seen.add(productId);
      if (amount === 0 && now - heardAt < day)
        return { cause: 'machine', evidence: [entry], params: productParams(machine, productId) };
    }
    return null;
  },
});

/** The number of a product, and its name if one of the machine's orders has it. */
function productParams(
  { orders }: Pick<MachineState, 'orders'>,
  product: number,
): { readonly product: number; readonly name?: string } {
  const named = orders.findLast(
    ({ productId, productName }) => productId === product && (productName ?? '').trim() !== '',
  );
  return { product, ...(named?.productName != null && { name: named.productName }) };
}

/** The last price sent for a product is 0, and no later request shows another. */
function sentZero(machine: MachineState): {
  readonly evidence: readonly number[];
  readonly params: ReturnType<typeof productParams>;
} | null {
  const { repricings, orders } = machine;
  const known = new Set<string>();
  for (const { prices, entry } of repricings.toReversed())
    for (const [product, fen] of Object.entries(prices)) {
      if (known.has(product)) continue;
      known.add(product);
      const later = orders.some(
        ({ productId, amount, entry: order }) =>
          String(productId) === product && order > entry && (amount ?? 0) > 0,
      );
      if (fen === 0 && !later) return { evidence: [entry], params: productParams(machine, Number(product)) };
    }
  return null;
}
