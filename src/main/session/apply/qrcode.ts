import { qrcode } from '#shared/messages/qrcode';
import { seenBy } from '#shared/commands/kit/pricing';
import { withOrder } from '../orders';
import { on } from './on';

/** A QR request opens the order; asking again changes nothing. */
export const apply = on(qrcode, (machine, { orderNo, productId, amount, qrType }, entry) =>
  orderNo === null || machine.orders.some((order) => order.orderNo === orderNo)
    ? null
    : {
        orders: withOrder(machine.orders, orderNo, entry, { productId, amount, qrType: qrType ?? 'all' }),
        repricings: seenBy(machine, { entry: entry.id, productId, amount }),
      },
);
