import { qrcode } from '#shared/messages/qrcode';
import { seenBy } from '#shared/commands/kit/pricing';
import { orderOf, repeatedBy } from '#shared/model/order';
import { withOrder } from '../orders';
import { on } from './on';

/** A QR request opens the order. A repetition is only counted. */
export const apply = on(qrcode, (machine, { orderNo, productId, amount, qrType }, entry) => {
  if (orderNo === null) return null;
  const known = orderOf(machine.orders, orderNo);
  const asked = repeatedBy(known?.asked ?? null, entry);
  if (known !== undefined)
    return asked === null ? null : { orders: withOrder(machine.orders, orderNo, entry, { asked }) };
  return {
    orders: withOrder(machine.orders, orderNo, entry, { productId, amount, qrType: qrType ?? 'all', asked }),
    repricings: seenBy(machine, { entry: entry.id, productId, amount }),
  };
});
