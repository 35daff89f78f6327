import { checkorder_r } from '#shared/messages/checkorder';
import { orderOf } from '#shared/model/order';
import { withOrder } from '../orders';
import { evident, on } from './on';

/**
 * A question about an order was answered: paid. Crema itself says so only of what the machine was told before; a real server may say it so
 * for the first time. Not paid says nothing new: it may be paid yet.
 */
export const apply = on(checkorder_r, ({ orders }, { orderNo, isPaid, payType }, entry) => {
  const order = orderNo === null ? undefined : orderOf(orders, orderNo);
  if (order === undefined || isPaid !== true || order.payment?.value.paid === true) return null;
  return {
    orders: withOrder(orders, order.orderNo, entry, {
      payType: payType ?? order.payType,
      payment: evident({ paid: true, payType: payType ?? '' }, entry),
      // Unless the relay says otherwise.
      ...(order.paidByServer !== undefined && { paidByServer: false }),
    }),
  };
});
