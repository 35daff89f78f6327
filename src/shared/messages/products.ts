import { fastcode, isPaid, payType, productId } from './common';
import { toMachine } from './row';
import { saysDrink } from './says';

/** Makes a drink: linux [doc 3.8]. */
export const products = toMachine('products', {
  source: 'doc',
  fields: { productId, fastcode, isPaid, payType },
  says: saysDrink,
  example: { vmc_no: 33_232, product_id: 810, fastcode: 213, paydone: true, paytype: 'fastcode' },
});
