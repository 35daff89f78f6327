import { checkorder_r } from '#shared/messages/checkorder';
import { orderOf } from '#shared/model/order';
import { withOrder } from '../orders';
import { evident, on } from './on';

/**
 * A question about an order was answered "paid". Crema itself only repeats a reported payment; a real server may report it here first.
 * "Not paid" adds nothing, because the payment may still follow.
 */
export const apply = on(checkorder_r, ({ orders }, { orderNo, isPaid, payType }, entry) => {
  const order = orderNo === null ? undefined : orderOf(orders, orderNo);
  if (order === undefined || isPaid !== true || order.payment?.value.paid === true) return null;
  return {
    orders: withOrder(orders, order.orderNo, entry, {
      payType: payType ?? order.payType,
      payment: evident({ paid: true, payType: payType ?? '' }, entry),
      // The relay may set this again.
      ...(order.paidByServer !== undefined && { paidByServer: false }),
    }),
  };
});
