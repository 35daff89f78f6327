import { upordrecipe } from '#shared/messages/upordrecipe';
import { orderOf } from '#shared/model/order';
import { withOrder } from '../orders';
import { evident, on } from './on';

/** The consumption of an order. A report without a number, or about an unknown order, is ignored. */
export const apply = on(upordrecipe, ({ orders }, { orderNo, consumed }, entry) =>
  orderNo === null || consumed === null || orderOf(orders, orderNo) === undefined
    ? null
    : { orders: withOrder(orders, orderNo, entry, { consumed, used: evident(true, entry) }) },
);
