import { list } from './field';
import { toMachine } from './row';

/** Sets prices and restarts the machine [doc 3.9, field]. */
export const priceset = toMachine('priceset', {
  source: 'doc',
  fields: {
    priceList: list('price', {
      each: {
        means: 'priceRow',
        type: 'list',
        places: [
          { means: 'productId', type: 'integer', range: { min: 1, max: null } }, // from 100 on linux [field]
          { means: 'price', type: 'integer', unit: 'fen', range: { min: 0, max: null } },
          // The document does not explain the values [doc 3.9].
          { means: 'priceType', type: 'integer', range: { min: 0, max: 3 } },
        ],
      },
    }),
  },
  says: ({ priceList }, whole) => {
    if (priceList === null) return null;
    const count = priceList.length;
    if (!whole) return count === 0 ? null : ['pricesMore', { n: count - 1 }];
    return count === 1 ? ['price', {}] : ['prices', { count }];
  },
  example: { vmc_no: 33_232, price: [[810, 1000, 0]] },
});
