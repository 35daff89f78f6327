import { z } from 'zod';
import { materialIds } from '../materials';
import { toText } from '../messages/field';
import type { MachineState } from '../model/machine';
import { asked } from './kit/fields';
import { day, minute } from './kit/inputs';
import { cupInPlace, doorOpen, inFault, suppliesGone, unless } from './kit/possible';
import { command } from './kit/row';
import { drinkDone, outcomeOf } from './kit/sales';
import { failed, notMine, step, when } from './kit/verdict';
import { bare, both, type WireContext } from './kit/wire';

/** 0 none, 5 most [doc 3.8]. */
const taste = () => asked(z.int().min(0).max(5), { initial: 3, digitOf: 'fastcode' });

const input = z.strictObject({
  productId: asked(z.int().min(1).max(999_999), { suggests: 'products' }),
  strength: taste(),
  milk: taste(),
  sugar: taste(),
});

/**
 * What a drink takes, as far as the machine has told of earlier ones what they consumed; of others water and beans are taken for
 * granted [ours]. Until one is chosen, what all take.
 */
function needed({ orders }: MachineState, drink: z.infer<typeof input> | null): readonly string[] {
  const { water, beans, sugar } = materialIds;
  const told = orders.filter(({ consumed }) => Object.keys(consumed).length > 0);
  if (drink === null)
    return told.some(({ consumed }) => !Object.hasOwn(consumed, beans)) ? [water] : [water, beans];
  const same = told.findLast(({ productId }) => productId === drink.productId);
  const all = [water, ...(same === undefined ? [beans, sugar] : Object.keys(same.consumed))];
  // Without it, it is made without.
  return drink.sugar === 0 ? all.filter((material) => material !== sugar) : all;
}

/** [doc 3.8]: hundreds strength, tens milk, ones sugar. */
const order = ({ productId, strength, milk, sugar }: z.infer<typeof input>, { sessionId }: WireContext) => ({
  // Ours, so that its end can be told from other drinks of this product [field].
  order_no: sessionId,
  product_id: productId,
  fastcode: strength * 100 + milk * 10 + sugar,
  paydone: true,
  paytype: 'fastcode',
});

export const makeDrink = command(input)({
  examples: [{ productId: 801, strength: 2, milk: 2, sugar: 2 }],
  offered: 'button',
  effects: ['dispenses'],
  possible: (now, drink) =>
    unless(
      doorOpen,
      cupInPlace,
      inFault,
      suppliesGone((machine) => needed(machine, drink)),
    )(now),
  ofOneBuild: true,
  wire: {
    linux: (drink, to) => ({ ...bare('products')(drink, to), ...order(drink, to) }),
    // Nobody pays for it.
    android: (drink, to) => ({ ...bare('products')(drink, to), ...order(drink, to), Amount: 0 }),
  },
  // As android was told once; what it makes of it is not known [field].
  like: ({ cmd, operation }) => cmd === 'remote' && operation === 'products',
  steps: { drinkRefused: { status: '0' } },
  expects: both([
    {
      within: 5 * minute,
      anyOf: [
        when('products_r', ({ orderNo, status }, { command: { sessionId } }) => {
          if (orderNo !== sessionId) return notMine;
          const outcome = outcomeOf(status);
          if (outcome === 'failed') return failed('drinkRefused', { status: status ?? '' });
          return outcome === 'done' ? step('accepted') : notMine;
        }),
        when('productdone', (done, { command: { sessionId } }) =>
          done.isOk === null || done.orderNo !== sessionId ? notMine : drinkDone(done, failed),
        ),
      ],
    },
  ]),
  queueFor: minute,
  lateFor: day,
  // Its order number.
  namedByProof: true,
  says: (drink, _facts, { productName }) => {
    const name = productName(drink.productId);
    return name === null ? ['drink', drink] : ['named', { ...drink, name }];
  },
  // The next one is often the same.
  keepsInput: true,
  virtual: both({
    answers: (vm, { order_no: said }, isTaken) =>
      vm.tell('drinkTold', { orderNo: toText(said) ?? '', isTaken }),
    acts: (vm, { product_id: productId = null, order_no: said }) => vm.brew(Number(productId), toText(said)),
  }),
});
