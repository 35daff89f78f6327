import { seen, verdict } from './field';
import { isPaid, orderNo, payType, price, productId } from './common';
import { fromMachine, toMachine } from './row';
import { saysOrder, saysPayment } from './says';

/** The result of a payment [doc 3.6]. */
export const pay_done = toMachine('pay_done', {
  source: 'doc',
  // android's message contains the product [field].
  fields: { amount: price('product_amount'), orderNo, isPaid, payType, productId: seen(productId) },
  says: saysPayment,
  answeredBy: ['paydone_r'],
  example: { vmc_no: 33_232, product_amount: 1000, order_no: '0', paydone: false, paytype: 'wx_pub' },
});

/** Without an order number it answers the last payment result. */
export const paydone_r = fromMachine('paydone_r', {
  source: 'field',
  also: ['pay_done_r'],
  fields: { orderNo, status: seen(verdict('status', { means: 'outcome' })) },
  says: saysOrder,
  virtual: {
    paymentAnswered: ({ orderNo: order, isTaken }) => ({ order_no: order, status: isTaken ? 1 : 0 }),
  },
  example: { vmc_no: 33_232, order_no: '594f803b380a41396ed63dca39503542', status: 1 },
});
