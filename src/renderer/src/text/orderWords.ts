/** Orders in words. */
import type { Order } from '#shared/model/machine';
import { isMadeUp, refusalOf } from '#shared/model/order';
import {
  orderBuckets,
  sumKinds,
  sumName as nameOfSum,
  type OrderSum,
  type OrderSumKind,
  type SumTexts,
} from '#shared/model/orderSums';
import { orders } from '../locales/en/orders';
import { shortOrderNo } from './orderNo';
import type { Shape } from './shapes';
import type { Words } from './words';

/** The stage of an order: store/orders.ts determines it, the texts name it. */
type Stage = keyof (typeof orders)['orders']['stage'];

/** The shape beside the text. */
export const stageShape: Readonly<Record<Stage, Shape>> = {
  requested: 'warning',
  offered: 'pending',
  paid: 'pending',
  payRefused: 'fault',
  refused: 'offline',
  unreported: 'offline',
  made: 'online',
  madeOther: 'online',
  madeOrdered: 'online',
  failed: 'fault',
};

/** "Hot milk", "Product 810"; '' if the machine reported neither. */
export function productWords(
  { t }: Words,
  { productName, productId }: Pick<Order, 'productName' | 'productId'>,
): string {
  if (productName !== null && productName.trim() !== '') return productName.trim();
  return productId === null ? '' : t('orders.product', { id: productId });
}

/** Keys of the locale, in lower case. */
const known: ReadonlySet<string> = new Set(Object.keys(orders.orders.payTypes));
const isKnown = (type: string): type is keyof (typeof orders)['orders']['payTypes'] => known.has(type);

/** "WeChat Pay", the name used in shops; without a known name, the machine's own. */
export function payTypeWords({ t }: Words, type: string | null): string {
  const trimmed = type?.trim() ?? '';
  const low = trimmed.toLowerCase();
  return isKnown(low) ? t(`orders.payTypes.${low}`) : trimmed;
}

/** "WeChat Pay (wx_pub)", where the exact code matters. */
export function payTypeInFull(words: Words, type: string | null): string {
  const [name, code] = [payTypeWords(words, type), type?.trim() ?? ''];
  return name === code ? name : words.t('packages.aside', { text: name, more: code });
}

const isCode = (text: string): boolean => /^(?:ERROR|WARNING):\w+$/i.test(text);

/** The reason of a failure: a code with its meaning, otherwise the machine's own text [field]. */
export function failReasonWords(words: Words, reason: string): string {
  const code = reason.trim();
  return words.isKnownError(code) || isCode(code)
    ? words.t('orders.failCode', { what: words.errorPhrase(code), code: code })
    : code;
}

/** Hides the generated number of an order that the machine sent without one. `short`: for a list. */
export function orderNumberWords({ t }: Words, { orderNo }: Order, short = false): string {
  if (isMadeUp(orderNo)) return t('orders.noNumber');
  return short ? shortOrderNo(orderNo) : orderNo;
}

/** The orderer, if not a customer; in a capture the server may not be Crema. */
export function orderedWords({ t }: Words, { ordered }: Order, inCapture: boolean): string | null {
  if (ordered === undefined) return null;
  return t(inCapture || ordered.by === 'server' ? 'orders.orderedByServer' : 'orders.orderedHere');
}

/** The progress of a drink, where its order is not shown. */
export function drinkStateWords(words: Words, order: Order): string {
  const { t } = words;
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
        : t('machine.drinkFailed', { why: failReasonWords(words, failReason) });
  }
}

/** The name of the orders in a sum. */
export function sumName(words: Words, kind: OrderSumKind, sum: Pick<OrderSum, 'key' | 'name'>): string {
  const { t, date } = words;
  const texts: SumTexts = {
    date,
    product: (id) => t('orders.product', { id }),
    payType: (type) => payTypeWords(words, type),
    withCode: (text, code) => t('packages.aside', { text, more: code }),
    unsaid: t('orderTotals.unsaid'),
  };
  return nameOfSum(texts, kind, sum);
}

/** Texts of the table of all sums; see main/journal/requests/orderTotals.ts. */
export function orderTableWords({ t }: Words): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {
    unsaid: t('orderTotals.unsaid'),
    product: t('orders.product', { id: '{{id}}' }),
    withCode: t('packages.aside', { text: '{{text}}', more: '{{code}}' }),
    amountOf: t('orderTotals.amountOf', { what: '{{what}}' }),
  };
  for (const head of ['title', 'orders', 'currency', 'from', 'to'] as const)
    texts[`head.${head}`] = t(`orderTotals.${head}`);
  for (const kind of sumKinds) texts[`kind.${kind}`] = t(`orderTotals.${kind}`);
  for (const bucket of orderBuckets) texts[`bucket.${bucket}`] = t(`orderTotals.bucket.${bucket}`);
  for (const type of Object.keys(orders.orders.payTypes).filter(isKnown))
    texts[`payType.${type}`] = t(`orders.payTypes.${type}`);
  return texts;
}
