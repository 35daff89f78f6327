import { pay_done } from '#shared/messages/pay_done';
import { orderOf, tellings } from '#shared/model/order';
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
      told: tellings(known?.told ?? [], [
        { entry: entry.id, conn: entry.conn, paid: isPaid, answer: null, answered: null },
      ]),
      payment: evident({ paid: isPaid, payType }, entry),
      acknowledged: null,
      // Unless the relay says otherwise. What was paid there stays paid, whatever is told after.
      ...(known?.paidByServer !== undefined && {
        paidByServer: known.paidByServer && known.payment?.value.paid === true,
      }),
    }),
  };
});
