import { rowOf } from '#shared/commands/kit/rows';
import type { Order } from '#shared/model/machine';

/** Types in the document [doc 3.5]; machines accept others too. */
const usual = ['wx_pub', 'alipay'] as const;

/** Possible payment types for an order's answer and payment, most likely first. */
export function payTypes({ qrType, qr, payment }: Order): readonly string[] {
  const requested = qrType === null || qrType.trim() === '' || qrType.toLowerCase() === 'all' ? [] : [qrType];
  const decided = payment === null ? [] : [payment.value.payType];
  return [...new Set([...requested, ...decided, ...Object.keys(qr), ...usual])];
}

/** More characters than any payment type or amount has: long input is reported, never truncated. */
export const longestTyped = 200;
export const isPayType = (type: string): boolean => rowOf('payResult').takes('payType', type);
