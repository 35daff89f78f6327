import { pay_done } from '#shared/messages/pay_done';
import { orderOf, mergedResults } from '#shared/model/order';
import { withOrder } from '../orders';
import { evident, on } from './on';

/** A payment result sent to the machine. */
export const apply = on(pay_done, ({ orders }, { orderNo, amount, isPaid, payType }, entry) => {
  if (orderNo === null || isPaid === null || payType === null) return null;
  const known = orderOf(orders, orderNo);
  return {
    orders: withOrder(orders, orderNo, entry, {
      amount: known?.amount ?? amount,
      payType,
      told: mergedResults(known?.told ?? [], [
        { entry: entry.id, conn: entry.conn, paid: isPaid, answer: null, answered: null },
      ]),
      payment: evident({ paid: isPaid, payType }, entry),
      acknowledged: null,
      // The relay may set this again. A payment made there remains, whatever is reported later.
      ...(known?.paidByServer !== undefined && {
        paidByServer: known.paidByServer && known.payment?.value.paid === true,
      }),
    }),
  };
});
