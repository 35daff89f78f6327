import { rowOf } from '#shared/commands/kit/rows';
import type { Order } from '#shared/model/machine';

/** Known to the document [doc 3.5]; machines take others too. */
const usual = ['wx_pub', 'alipay'] as const;

/** What an order can be answered and paid with, the likeliest first. */
export function payTypes({ qrType, qr, payment }: Order): readonly string[] {
  const requested = qrType === null || qrType.trim() === '' || qrType.toLowerCase() === 'all' ? [] : [qrType];
  const decided = payment === null ? [] : [payment.value.payType];
  return [...new Set([...requested, ...decided, ...Object.keys(qr), ...usual])];
}

/** Characters, more than any payment type or amount has: what is too much is said, never cut off. */
export const longestTyped = 200;
export const isPayType = (type: string): boolean => rowOf('payResult').takes('payType', type);
