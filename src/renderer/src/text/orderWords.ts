/** Orders in words. */
import type { MachineStatus, Order } from '#shared/model/machine';
import { isMadeUp, refusalOf } from '#shared/model/order';
import { orders } from '../locales/en/orders';
import type { Words } from './words';

/** How far an order has come: store/orders.ts decides it, the texts name it. */
export type Stage = keyof (typeof orders)['orders']['stage'];

/** The shape beside the word. */
export const stageShape: Readonly<Record<Stage, MachineStatus>> = {
  requested: 'warning',
  offered: 'silence',
  paid: 'restarting',
  payRefused: 'fault',
  refused: 'offline',
  unreported: 'offline',
  made: 'online',
  madeOther: 'online',
  madeOrdered: 'online',
  failed: 'fault',
};

/** "Hot milk", "Product 810"; empty where the machine said neither. */
export function productWords({ t }: Words, { productName, productId }: Order): string {
  if (productName !== null && productName.trim() !== '') return productName.trim();
  return productId === null ? '' : t('orders.product', { id: productId });
}

/** As in the locale, in small letters. */
const known: ReadonlySet<string> = new Set(Object.keys(orders.orders.payTypes));
const isKnown = (type: string): type is keyof (typeof orders)['orders']['payTypes'] => known.has(type);

/** "WeChat Pay", as it is printed in shops; as the machine wrote it where Crema has no word for it. */
export function payTypeWords({ t }: Words, type: string | null): string {
  const trimmed = type?.trim() ?? '';
  const low = trimmed.toLowerCase();
  return isKnown(low) ? t(`orders.payTypes.${low}`) : trimmed;
}

/** "WeChat Pay (wx_pub)", where the very word matters. */
export function payTypeInFull(words: Words, type: string | null): string {
  const word = payTypeWords(words, type);
  const trimmed = type?.trim() ?? '';
  return word === trimmed ? word : `${word} (${trimmed})`;
}

/** Why it failed: a code with its meaning where it is one, else the machine's own words [field]. */
export function failReasonWords(words: Words, reason: string): string {
  const code = reason.trim();
  return words.isKnownError(code)
    ? words.t('orders.failCode', { what: words.errorPhrase(code), code: code })
    : code;
}

/** An order the machine gave no number is kept under a made-up one. */
export function orderNumberWords({ t }: Words, { orderNo }: Order): string {
  return isMadeUp(orderNo) ? t('orders.noNumber') : orderNo;
}

/** Who ordered it, where that was no customer; in a capture the server is not known to be Crema. */
export function orderedWords({ t }: Words, { ordered }: Order, inCapture: boolean): string | null {
  if (ordered === undefined) return null;
  return t(inCapture || ordered.by === 'server' ? 'orders.orderedByServer' : 'orders.orderedHere');
}

/** How far a drink has come, where its order is not shown. */
export function drinkStateWords({ t }: Words, order: Order): string {
  const { state, failReason } = order;
  switch (state) {
    case 'made':
      return t('machine.drinkMade');
    case 'requested':
      return t('machine.drinkRequested');
    case 'paid':
      return refusalOf(order) === null ? t('control.lastDrinkPaid') : t('orders.stage.payRefused');
    case 'refused':
      return t('orders.stage.refused');
    case 'failed':
      return failReason === null
        ? t('machine.drinkFailedNoWhy')
        : t('machine.drinkFailed', { why: failReason });
  }
}
