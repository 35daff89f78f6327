import { orderOf } from '../model/order';
import { isPaid, orderNo, payType, price, productId } from './common';
import { toText } from './field';
import { fromMachine, toMachine } from './row';
import { saysOrder, saysPayment } from './says';

/** Asks whether an order is paid. */
export const checkorder = fromMachine('checkorder', {
  source: 'field',
  fields: { orderNo, productId },
  says: saysOrder,
  answer: {
    with: 'checkorder_r',
    profile: 'extended',
    make: (request, { vmcNo, machine }) => {
      if (request.orderNo === null) return null;
      const order = orderOf(machine?.orders ?? [], request.orderNo);
      const payment = order?.payment?.value;
      // "Not paid" may end the sale [field], so there is no answer before a person decides [ours].
      if (payment === undefined) return null;
      return {
        cmd: 'checkorder_r',
        vmc_no: vmcNo,
        order_no: request.orderNo,
        product_id: request.productId ?? order?.productId ?? 0,
        Amount: order?.amount ?? 0,
        paytype: payment.payType,
        paydone: payment.paid,
      };
    },
  },
  virtual: {
    paymentDoubted: ({ orderNo: order, productId: product }) => ({ order_no: order, product_id: product }),
  },
  example: { vmc_no: 33_232, order_no: '594f803b380a41396ed63dca39503542', product_id: 810 },
});

export const checkorder_r = toMachine('checkorder_r', {
  source: 'field',
  fields: { orderNo, productId, amount: price('Amount'), payType, isPaid },
  says: saysPayment,
  virtual: (vm, message) => {
    const { order_no: order, Amount: paid, paydone, paytype } = message;
    // Only android sends this question.
    if (paydone === true && vm.platform === 'android')
      vm.settle({
        orderNo: toText(order),
        isPaid: true,
        payType: toText(paytype),
        amount: Number(paid),
        productId: null,
        isOwn: vm.isOwn(message),
      });
  },
  example: {
    vmc_no: 33_232,
    order_no: '0',
    product_id: 801,
    Amount: 1000,
    paytype: 'wx_pub',
    paydone: false,
  },
});
