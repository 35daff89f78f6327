import { qrcode } from '#shared/messages/qrcode';
import { withOrder } from '../orders';
import { on } from './on';

/** A QR request opens the order; asking again changes nothing. */
export const apply = on(qrcode, ({ orders }, { orderNo, productId, amount, qrType }, entry) =>
  orderNo === null || orders.some((order) => order.orderNo === orderNo)
    ? null
    : { orders: withOrder(orders, orderNo, entry, { productId, amount, qrType: qrType ?? 'all' }) },
);
