import { checkorder } from '#shared/messages/checkorder';
import { orderOf, repeatedBy } from '#shared/model/order';
import { withOrder } from '../orders';
import { on } from './on';

/** The machine asks whether an order is paid. Unknown orders are ignored. */
export const apply = on(checkorder, ({ orders }, { orderNo }, entry) => {
  const order = orderNo === null ? undefined : orderOf(orders, orderNo);
  const checked = repeatedBy(order?.checked ?? null, entry);
  return order === undefined || checked === null
    ? null
    : { orders: withOrder(orders, order.orderNo, entry, { checked }) };
});
