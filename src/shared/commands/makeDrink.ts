import { z } from 'zod';
import { asked } from './kit/fields';
import { minute } from './kit/inputs';
import { cupInPlace, doorOpen, inFault, suppliesGone, unless } from './kit/possible';
import { command } from './kit/row';
import { drinkDone } from './kit/sales';
import { failed, notMine, when } from './kit/verdict';
import { bare, both, remote } from './kit/wire';

/** 0 none, 5 most [doc 3.8]. */
const taste = () => asked(z.int().min(0).max(5), { initial: 3 });

const input = z.strictObject({
  productId: asked(z.int().min(1).max(999_999), { suggests: 'products' }),
  strength: taste(),
  milk: taste(),
  sugar: taste(),
});

/** [doc 3.8]: hundreds strength, tens milk, ones sugar. */
const order = ({ productId, strength, milk, sugar }: z.infer<typeof input>) => ({
  product_id: productId,
  fastcode: strength * 100 + milk * 10 + sugar,
  paydone: true,
  paytype: 'fastcode',
});

export const makeDrink = command(input)({
  examples: [{ productId: 801, strength: 2, milk: 2, sugar: 2 }],
  offered: 'button',
  effects: ['dispenses'],
  possible: unless(doorOpen, cupInPlace, inFault, suppliesGone),
  wire: {
    linux: (drink, to) => ({ ...bare('products')(drink, to), ...order(drink) }),
    android: (drink, to) => ({ ...remote('products')(drink, to), ...order(drink) }),
  },
  expects: both([
    when('productdone', (done, { input: { productId }, before }) => {
      if (done.isOk === null || done.productId !== productId) return notMine;
      // Paid in any other way than we said, it is somebody else's.
      const paid = (done.payType ?? '').trim().toLowerCase();
      if (paid !== '' && paid !== 'fastcode') return notMine;
      // A customer's own order of the same product is not ours; nor is one told again.
      const known = before?.orders.find(({ orderNo }) => orderNo === done.orderNo);
      if (known !== undefined && (known.qrType !== null || known.doneTimes > 0)) return notMine;
      return drinkDone(done, failed);
    }),
  ]),
  queueFor: minute,
  proveFor: 5 * minute,
  says: (drink, _facts, { productName }) => {
    const name = productName(drink.productId);
    return name === null ? ['drink', drink] : ['named', { ...drink, name }];
  },
  // The next one is often the same.
  keepsInput: true,
  virtual: both((vm, { product_id: productId = null }, done) => vm.brew(Number(productId), done)),
});
