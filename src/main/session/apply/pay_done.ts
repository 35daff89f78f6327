import { pay_done } from '#shared/messages/pay_done';
import { orderOf } from '#shared/model/order';
import { withOrder } from '../orders';
import { evident, on } from './on';

/** What the machine was told about the payment. */
export const apply = on(pay_done, ({ orders }, { orderNo, amount, isPaid, payType }, entry) => {
  if (orderNo === null || isPaid === null || payType === null) return null;
  const known = orderOf(orders, orderNo);
  return {
    orders: withOrder(orders, orderNo, entry, {
      amount: known?.amount ?? amount,
      payType,
      payment: evident({ paid: isPaid, payType }, entry),
      acknowledged: null,
    }),
  };
});
