import { paydone_r } from '#shared/messages/pay_done';
import { withOrder } from '../orders';
import { evident, on } from './on';

/** The machine has heard of the payment; without an order number it means the one told last. */
export const apply = on(paydone_r, ({ orders }, { orderNo }, entry) => {
  const order = orders.findLast(
    (one) => one.payment !== null && (orderNo === null || one.orderNo === orderNo),
  );
  return order === undefined || order.acknowledged !== null
    ? null
    : { orders: withOrder(orders, order.orderNo, entry, { acknowledged: evident(true, entry) }) };
});
