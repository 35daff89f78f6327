import { paydone_r } from '#shared/messages/pay_done';
import { outcomeOf } from '#shared/commands/kit/sales';
import { unanswered } from '#shared/model/order';
import { isCut } from '../cut';
import { withOrder } from '../orders';
import { evident, on } from './on';

/**
 * The machine has heard of the payment, unless it refuses it or names no order: then it may mean any. Of several that it was told
 * of one order, answers come in their order; only when none is left unanswered it has heard of the last.
 */
export const apply = on(paydone_r, ({ orders, platform }, { orderNo, status }, entry) => {
  const order = orders.findLast((one) => one.payment !== null && one.orderNo === orderNo);
  if (order === undefined) return null;
  // That it refuses the payment may stand in the part that is missing.
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
