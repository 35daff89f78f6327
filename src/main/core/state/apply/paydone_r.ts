import { paydone_r } from '#shared/messages/pay_done';
import { outcomeOf } from '#shared/commands/kit/sales';
import { unanswered } from '#shared/model/order';
import { isCut } from '../cut';
import { withOrder } from '../orders';
import { evident, on } from './on';

/**
 * The machine has the payment result, unless it refuses the result or names no order: such an answer may belong to any order.
 * Answers about the same order arrive in sequence, so the last result is acknowledged when no earlier one is unanswered.
 */
export const apply = on(paydone_r, ({ orders, platform }, { orderNo, status }, entry) => {
  const order = orders.findLast((one) => one.payment !== null && one.orderNo === orderNo);
  if (order === undefined) return null;
  // The missing part may contain the refusal.
  if (isCut(entry)) return null;
  const [first, ...left] = unanswered(order, entry.conn, platform);
  const outcome = outcomeOf(status);
  const isHeard = order.acknowledged === null && left.length === 0 && outcome !== 'failed';
  const answered =
    first === undefined
      ? []
      : [{ ...first, answer: outcome ?? 'unknown', answered: evident<true>(true, entry) } as const];
  if (!isHeard && answered.length === 0) return null;
  return {
    orders: withOrder(orders, order.orderNo, entry, {
      told: order.told.map((one) => answered.find((now) => now.entry === one.entry) ?? one),
      acknowledged: isHeard ? evident(true, entry) : order.acknowledged,
    }),
  };
});
