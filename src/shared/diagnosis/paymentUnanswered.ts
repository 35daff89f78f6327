import { refusalOf } from '../model/order';
import { lately } from './kit/remarked';
import { rule, tab } from './kit/rule';

/** [ours] ms. No drink takes longer. */
const drinkTakes = 300_000;

/** The machine got a payment result and neither acknowledged it nor made the drink. */
export const paymentUnanswered = rule({
  severity: 'warning',
  reads: ['orders'],
  byTime: true,
  causes: { unheard: tab('orders') },
  when: ({ machine: { orders }, now }) => {
    const order = orders.findLast((one) => {
      const { payment, acknowledged, done } = one;
      if (payment?.value.paid !== true || acknowledged !== null || done !== null || refusalOf(one) !== null)
        return false;
      return now - payment.at >= drinkTakes && now - payment.at < lately;
    });
    const result = order?.payment;
    return order === undefined || result == null
      ? null
      : { cause: 'unheard', since: result.at, evidence: [result.entry], params: { order: order.orderNo } };
  },
});
