import { z } from 'zod';
import { toInteger, toText } from '../messages/field';
import { mayBeSameWay } from '../model/payTypes';
import { orderOf, unanswered, type PaymentResult } from '../model/order';
import type { JsonObject } from '../model/json';
import type { Payment, VirtualMachine } from '../virtualMachine';
import type { GivenCommand } from './kit/given';
import { amount, day, minute, orderNo, payType } from './kit/inputs';
import { command } from './kit/row';
import { drinkDone, outcomeOf } from './kit/sales';
import { confirmed, failed, notMine, step, when } from './kit/verdict';
import { both } from './kit/wire';

/** Whether this command sent the payment result. */
const isOf = ({ steps }: GivenCommand, { entry }: { readonly entry: number }): boolean =>
  steps.some((one) => one.what === 'sent' && one.entry === entry);

/** The payment type exactly as received: machines compare it with their list [field3]. */
const paymentOf = (vm: VirtualMachine, message: JsonObject): Payment => ({
  orderNo: toText(message['order_no']),
  isPaid: message['paydone'] === true,
  payType: typeof message['paytype'] === 'string' ? message['paytype'] : null,
  amount: Number(message['product_amount']),
  productId: toInteger(message['product_id'] ?? null),
  isOwn: vm.isOwn(message),
});

export const payResult = command(
  z.strictObject({
    orderNo,
    amount,
    paid: z.boolean(),
    payType,
    /** The ordered product, if known. */
    productId: z.int().min(0).max(999_999_999).optional(),
  }),
)({
  examples: [{ orderNo: '0', amount: 1000, paid: false, payType: 'wx_pub' }],
  offered: 'order',
  effects: ['pays'],
  wire: both((input, { vmcNo, platform }) => ({
    cmd: 'pay_done',
    vmc_no: vmcNo,
    // android's message contains it [field].
    ...(platform === 'android' && input.productId !== undefined && { product_id: input.productId }),
    product_amount: input.amount,
    order_no: input.orderNo,
    paydone: input.paid,
    paytype: input.payType,
  })),
  // An answer about an order that Crema did not see paid has the effect of a payment.
  like: ({ cmd, paydone }) => cmd === 'checkorder_r' && paydone !== false,
  // linux sends no answer [field].
  silent: ({ paid }, platform) => platform === 'linux' && !paid,
  steps: {
    acknowledged: {},
    refusedPayment: { status: '0' },
    saidStatus: { status: '7' },
    answeredOne: { status: '1' },
    paidOtherwise: { payType: 'mdb_cash' },
  },
  expects: both([
    {
      within: 5 * minute,
      anyOf: [
        when('paydone_r', ({ orderNo: order, status }, { input, before, conn, command: given }) => {
          // Without a number, the answer belongs to the last payment result, which may be another command's.
          if (order !== input.orderNo) return notMine;
          const known = orderOf(before?.orders ?? [], input.orderNo);
          // A later result was sent by hand.
          if (known?.payment != null && !isOf(given, known.payment)) return notMine;
          // With two unanswered results, the answer does not say which one it means.
          if (known !== undefined && unanswered(known, conn, given.platform).length > 1)
            return step('answeredOne', { status: status ?? '' });
          const outcome = outcomeOf(status);
          if (outcome === 'failed') return failed('refusedPayment', { status: status ?? '' });
          return outcome === 'done'
            ? confirmed('acknowledged')
            : step('saidStatus', { status: status ?? '' });
        }),
        when('productdone', (done, { input, before, command: given }) => {
          if (done.isOk === null || done.orderNo !== input.orderNo) return notMine;
          // A drink made before is only reported again.
          const known = orderOf(before?.orders ?? [], input.orderNo);
          if (known !== undefined && known.doneTimes > 0) return notMine;
          // The drink proves an accepted payment. A rejected payment cannot be proved this way, because a customer may cancel without
          // a drink.
          const isOther = (one: PaymentResult): boolean =>
            one.paid && one.answer !== 'failed' && !isOf(given, one);
          const proves = input.paid && known?.told.some(isOther) !== true;
          // A payment in cash or by another means preceded the result.
          if (proves && done.isOk && !mayBeSameWay(done.payType, input.payType))
            return step('paidOtherwise', { payType: done.payType ?? '' });
          return proves ? drinkDone(done, step, confirmed) : drinkDone(done, step, step);
        }),
      ],
    },
  ]),
  queueFor: minute,
  lateFor: day,
  sameAs: (a, b) => a.orderNo === b.orderNo,
  says: (input) =>
    input.paid
      ? ['paid', { orderNo: input.orderNo, amount: input.amount, payType: input.payType }]
      : ['notPaid', { orderNo: input.orderNo }],
  virtual: both({
    answers: (vm, message, isTaken) => {
      const payment = paymentOf(vm, message);
      if (vm.takesPayment(payment)) vm.report('paymentAnswered', { orderNo: payment.orderNo ?? '', isTaken });
    },
    acts: (vm, message) => vm.settle(paymentOf(vm, message)),
  }),
});
