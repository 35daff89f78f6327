import type { OrderRecord } from '#shared/model/history';
import { isStored } from '../../store/orders';
import { failReasonWords, payTypeInFull } from '../../text/orderWords';
import type { Words } from '../../text/words';

export interface OrderFact {
  readonly key: string;
  readonly label: string;
  readonly lines: readonly string[];
}

/** Time, price and making of an order, and the reason of a failure. Cups and canisters have the machine's own names. */
export function orderFacts(words: Words, order: OrderRecord): readonly OrderFact[] {
  const { t } = words;
  const { at, heardAt, amount, payType, productId, failReason, recipe, parts } = order;
  const facts: readonly (readonly [key: string, label: string, lines: readonly (string | null)[]])[] = [
    [
      'stored',
      t('orders.reported'),
      isStored(order)
        ? [t('orders.stored', { late: words.duration(heardAt - at), time: words.dateTime(heardAt) })]
        : [],
    ],
    ['productId', t('orders.productId'), [productId === null ? null : String(productId)]],
    ['amount', t('orders.column.amount'), [amount === null ? null : words.yuan(amount)]],
    ['payType', t('orders.column.payType'), [payType === null ? null : payTypeInFull(words, payType)]],
    ['cause', t('orders.failReason'), [failReason === null ? null : failReasonWords(words, failReason)]],
    ['recipe', t('orders.recipe'), [recipe]],
    ...Object.entries(parts).map(([name, written]) => [`part ${name}`, name, [written]] as const),
  ];
  return facts.flatMap(([key, label, written]) => {
    const lines = written.flatMap((line) => (line === null || line === '' ? [] : [line]));
    return lines.length === 0 ? [] : [{ key, label, lines }];
  });
}
