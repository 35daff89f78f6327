import { productdone } from '#shared/messages/productdone';
import { orderOf } from '#shared/model/order';
import { withOrder } from '../orders';
import { evident, on } from './on';

/** A finished drink, perhaps told again. Without an order number every message is its own order. */
export const apply = on(productdone, (machine, message, entry) => {
  const { isOk } = message;
  const orderNo = message.orderNo ?? `#${entry.id}`;
  const before = orderOf(machine.orders, orderNo);
  const doneTimes = (before?.doneTimes ?? 0) + 1;
  const orders = withOrder(machine.orders, orderNo, entry, {
    productId: message.productId ?? before?.productId ?? null,
    productName: message.productName ?? before?.productName ?? null,
    amount: message.amount ?? before?.amount ?? null,
    payType: message.payType ?? before?.payType ?? null,
    done: before?.done ?? (isOk === null ? null : evident(isOk, entry)),
    // Without `isok` nothing is claimed.
    ...(isOk === null ? {} : { state: isOk ? 'made' : 'failed' }),
    failReason: message.failReason,
    doneTimes,
  });
  const order = orderOf(orders, orderNo);
  return {
    orders,
    lastDrink:
      doneTimes === 1 && isOk !== null && order !== undefined ? evident(order, entry) : machine.lastDrink,
    // [ours] a drink that worked proves that no cup blocks the outlet.
    cupBlocked: isOk === true ? null : machine.cupBlocked,
  };
});
