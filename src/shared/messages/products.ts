import { fastcode, isPaid, orderNo, payType, price, productId } from './common';
import { seen, verdict } from './field';
import { fromMachine, toMachine } from './row';
import { saysDrink, saysOrder } from './says';

/** Makes a drink [doc 3.8]; android accepts it with an order number and an amount [field]. */
export const products = toMachine('products', {
  source: 'doc',
  fields: { productId, fastcode, isPaid, payType, orderNo: seen(orderNo), amount: seen(price('Amount')) },
  answeredBy: ['products_r'],
  says: saysDrink,
  example: { vmc_no: 33_232, product_id: 810, fastcode: 213, paydone: true, paytype: 'fastcode' },
});

/** android has accepted or refused the drink order [field]. */
export const products_r = fromMachine('products_r', {
  source: 'field',
  fields: { orderNo, status: verdict('status', { means: 'outcome' }) },
  says: saysOrder,
  virtual: {
    drinkAnswered: ({ orderNo: order, isTaken }, { platform }) =>
      platform === 'linux' ? null : { order_no: order, status: isTaken ? 1 : 0 },
  },
  example: { vmc_no: 33_232, order_no: '1732579200000000001', status: 1 },
});
