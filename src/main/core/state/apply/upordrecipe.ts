import { upordrecipe } from '#shared/messages/upordrecipe';
import { orderOf } from '#shared/model/order';
import { withOrder } from '../orders';
import { evident, on } from './on';

/** What an order consumed. One without a number, or of an order that nobody has heard of, says nothing of any. */
export const apply = on(upordrecipe, ({ orders }, { orderNo, consumed }, entry) =>
  orderNo === null || consumed === null || orderOf(orders, orderNo) === undefined
    ? null
    : { orders: withOrder(orders, orderNo, entry, { consumed, used: evident(true, entry) }) },
);
