/** The order history: order of its pages, stages of orders, and search. */
import type { OrderCursor, OrderRecord } from '#shared/model/history';
import type { Order } from '#shared/model/machine';
import { joinedOrder, refusalOf } from '#shared/model/order';
import { createPages, matchesWords } from './pages';

export const orderPages = createPages<OrderRecord, OrderCursor>({
  // An entry belongs to one machine and opens one order.
  idOf: ({ entry }) => entry,
  cursorOf: ({ at, entry }) => ({ at, entry }),
  isNewer: (a, b) => a.at > b.at || (a.at === b.at && a.entry > b.entry),
  joined: joinedOrder,
});

/**
 * The stage of an order. requested: the QR text is not answered yet. offered: the QR text is sent, the payment is missing. payRefused: the
 * machine refused the payment notice. unreported: its productdone does not show whether the drink was made. madeOther: made without a payment
 * that we reported (cash, card, a code). madeOrdered: a server ordered it.
 */
const orderStages = [
  'requested',
  'offered',
  'paid',
  'payRefused',
  'refused',
  'unreported',
  'made',
  'madeOther',
  'madeOrdered',
  'failed',
] as const;
export type OrderStage = (typeof orderStages)[number];

export function stageOf(order: Order): OrderStage {
  switch (order.state) {
    case 'requested':
      if (order.doneTimes > 0) return 'unreported';
      return order.answered === null ? 'requested' : 'offered';
    case 'made':
      if (order.ordered !== undefined) return 'madeOrdered';
      return order.payment?.value.paid === true ? 'made' : 'madeOther';
    case 'paid':
      return refusalOf(order) === null ? 'paid' : 'payRefused';
    case 'refused':
    case 'failed':
      return order.state;
  }
}

/** The machine has reported the end of the order. */
export const isOver = (order: Order): boolean => order.done !== null || order.doneTimes > 0;

/** [ours] ms. A later report was stored by the machine. */
const storedAfter = 600_000;
export const isStored = ({ at, heardAt }: Pick<Order, 'at' | 'heardAt'>): boolean =>
  heardAt - at > storedAfter;

/** The orders that a list shows; `null`: any. */
export interface OrderChoice {
  readonly during: { readonly from: number; readonly to: number } | null;
  /** As in `OrderSums`; '': the machine reported none. */
  readonly product: string | null;
  readonly payType: string | null;
  /** The currency of the amounts. */
  readonly currency: string | null;
}
export const anyOrder: OrderChoice = { during: null, product: null, payType: null, currency: null };

/** `currency`: the machine's currency. */
export const isChosen = ({ productId, payType }: Order, choice: OrderChoice, currency: string): boolean =>
  (choice.currency === null || currency === choice.currency) &&
  (choice.product === null || String(productId ?? '') === choice.product) &&
  (choice.payType === null || (payType ?? '').trim() === choice.payType);

/** Texts to search beside the order's own members. */
export interface OrderFacts {
  readonly name: string;
  readonly stage: string;
  readonly amount: string;
}

export function orderMatches(order: OrderRecord, query: string, facts: OrderFacts): boolean {
  const { vmcNo, orderNo, productId, productName, payType, failReason } = order;
  return matchesWords(query, [
    vmcNo,
    orderNo,
    productId,
    productName,
    payType,
    failReason,
    facts.name,
    facts.stage,
    facts.amount,
  ]);
}

/** Converts typed yuan, with a point or comma and at most two decimals, to fen; `null`: not an amount. */
export function fenOf(typed: string): number | null {
  const parts = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(typed.trim().replace(/^[¥￥]\s*/, ''));
  if (parts === null) return null;
  const fen = Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
  return fen <= maxFen ? fen : null;
}
/** As in the catalogue's row: 100,000 yuan. */
const maxFen = 10_000_000;

export const yuanText = (fen: number): string => (fen / 100).toFixed(2);
