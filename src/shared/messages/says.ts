/** A message's sentence in a list. The window has the texts. */
import { readAmount } from '../materials';
import { forms } from './field';

/** The window formats each value by its name: `amount` as fen, `error` as a code, `order` as an order number (text/readable.ts). */
export type SentenceParams = Readonly<Record<string, string | number | Readonly<Record<string, string>>>>;
export type Sentence<Key extends string = string> = readonly [key: Key, params: SentenceParams];

export const saysOrder = ({ orderNo }: { readonly orderNo: string | null }): Sentence<'order'> | null =>
  orderNo === null ? null : ['order', { order: orderNo }];

export const saysPayment = ({
  orderNo,
  amount,
  isPaid,
}: {
  readonly orderNo: string | null;
  readonly amount: number | null;
  readonly isPaid: boolean | null;
}): Sentence<'paid' | 'notPaid' | 'payment'> | null => {
  if (orderNo === null || amount === null) return null;
  const params = { order: orderNo, amount };
  return isPaid === null ? ['payment', params] : [isPaid ? 'paid' : 'notPaid', params];
};

export const saysDrink = ({
  productId,
  fastcode,
}: {
  readonly productId: number | null;
  readonly fastcode: number | null;
}): Sentence<'drink' | 'drinkTaste'> | null => {
  if (productId === null) return null;
  return fastcode === null || !forms.digits.test(String(fastcode))
    ? ['drink', { product: productId }]
    : ['drinkTaste', { product: productId, fastcode }];
};

interface Report {
  readonly status: string | null;
  readonly supply: Readonly<Record<string, string>> | null;
  readonly locked?: boolean | null;
}
export function saysStatus({
  status,
  supply,
  locked = null,
}: Report): Sentence<'is' | 'supplies' | 'locked' | 'unlocked'> | null {
  if (status === 'machinelock' && locked !== null) return [locked ? 'locked' : 'unlocked', {}];
  const counted = status === 'supply' || status === null ? amountsOf(supply ?? {}) : {};
  if (Object.keys(counted).length > 0) return ['supplies', { materials: counted }];
  return status === null ? null : ['is', { status }];
}

/** Numeric amounts of materials with a number. */
const amountsOf = (supply: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(supply).filter(([id, amount]) => /^\d+$/.test(id) && readAmount(amount).kind === 'amount'),
  );
