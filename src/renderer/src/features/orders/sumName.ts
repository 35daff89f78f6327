import type { OrderSum, OrderSumKind } from '#shared/model/orderSums';
import { payTypeInFull } from '../../text/orderWords';
import type { Words } from '../../text/words';

/** The name of the orders in a sum. */
export function sumName(
  words: Words,
  kind: OrderSumKind,
  { key, name }: Pick<OrderSum, 'key' | 'name'>,
): string {
  const { t } = words;
  if (kind === 'days') return words.date(Number(key));
  if (key === '') return name ?? t('orderTotals.unsaid');
  if (kind === 'payTypes') return payTypeInFull(words, key);
  return name === null ? t('orders.product', { id: key }) : `${name} (${key})`;
}
