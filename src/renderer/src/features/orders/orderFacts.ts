import type { OrderRecord } from '#shared/model/history';
import { failReasonWords, payTypeInFull } from '../../text/orderWords';
import type { Words } from '../../text/words';

export interface OrderFact {
  readonly key: string;
  readonly label: string;
  readonly lines: readonly string[];
}

/** [ours] ms. What is told of later was stored by the machine. */
const storedAfter = 600_000;

/** When it was sold and for how much, how it was made and why not. Of cups and canisters the names are the machine's own. */
export function orderFacts(words: Words, order: OrderRecord): readonly OrderFact[] {
  const { t } = words;
  const { at, heardAt, amount, payType, productId, failReason, recipe, parts, consumed } = order;
  const facts: readonly (readonly [key: string, label: string, lines: readonly (string | null)[]])[] = [
    [
      'stored',
      t('orders.reported'),
      heardAt - at > storedAfter ? [t('orders.stored', { time: words.dateTime(heardAt) })] : [],
    ],
    ['productId', t('orders.productId'), [productId === null ? null : String(productId)]],
    ['amount', t('orders.column.amount'), [amount === null ? null : words.yuan(amount)]],
    ['payType', t('orders.column.payType'), [payType === null ? null : payTypeInFull(words, payType)]],
    ['cause', t('orders.failReason'), [failReason === null ? null : failReasonWords(words, failReason)]],
    ['recipe', t('orders.recipe'), [recipe]],
    ...Object.entries(parts).map(([name, written]) => [`part ${name}`, name, [written]] as const),
    [
      'consumed',
      t('orders.consumed'),
      Object.entries(consumed).map(([material, used]) =>
        t('orders.consumedOf', { what: words.material(material), amount: used }),
      ),
    ],
  ];
  return facts.flatMap(([key, label, written]) => {
    const lines = written.flatMap((line) => (line === null || line === '' ? [] : [line]));
    return lines.length === 0 ? [] : [{ key, label, lines }];
  });
}
