import { qrcode_r } from '#shared/messages/qrcode';
import { orderOf } from '#shared/model/order';
import { atMost, mostQrTypes, withOrder } from '../orders';
import { evident, on } from './on';

/** Remembers the QR text sent for each payment type. The newest one counts. */
export const apply = on(qrcode_r, ({ orders }, { orderNo, qrType, qrCode }, entry) => {
  const order = orderNo === null ? undefined : orderOf(orders, orderNo);
  if (order === undefined || qrType === null || qrCode === null) return null;
  const known = Object.hasOwn(order.qr, qrType) ? order.qr[qrType] : undefined;
  if (known === qrCode) return null;
  return {
    orders: withOrder(orders, order.orderNo, entry, {
      qr: atMost(mostQrTypes, Object.fromEntries([...Object.entries(order.qr), [qrType, qrCode]])),
      answered: order.answered ?? evident(true, entry),
    }),
  };
});
