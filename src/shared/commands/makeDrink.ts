import { z } from 'zod';
import { materialIds } from '../materials';
import { toText } from '../messages/field';
import type { MachineState } from '../model/machine';
import { lastOfSale, openSale } from '../model/order';
import { asked } from './kit/fields';
import { day, minute } from './kit/inputs';
import { androidDrink, linuxDrink, madeWithin } from './kit/drinks';
import {
  cupInPlace,
  doorOpen,
  hindrance,
  inFault,
  suppliesGone,
  unless,
  type MachineContext,
  type Hindrance,
} from './kit/possible';
import { command } from './kit/row';
import { noted } from './kit/unproved';
import { when } from './kit/verdict';
import type { Obeys } from '../virtualMachine';
import { bare, remote, wrapper } from './kit/wire';

/** From 0 (none) to 5 (most) [doc 3.8]. */
const taste = () => asked(z.int().min(0).max(5), { initial: 3, digitOf: 'fastcode' });

const input = z.strictObject({
  productId: asked(z.int().min(1).max(999_999), { suggests: 'products' }),
  strength: taste(),
  milk: taste(),
  sugar: taste(),
});

/**
 * The materials of a drink: water, and the reported consumption of its latest order, or else beans and sugar [ours].
 * Without a chosen drink: the materials that all drinks need.
 */
function needed({ orders }: MachineState, drink: z.infer<typeof input> | null): readonly string[] {
  const { water, beans, sugar } = materialIds;
  const withConsumption = orders.filter(({ consumed }) => Object.keys(consumed).length > 0);
  if (drink === null)
    return withConsumption.some(({ consumed }) => !Object.hasOwn(consumed, beans)) ? [water] : [water, beans];
  const same = withConsumption.findLast(({ productId }) => productId === drink.productId);
  const all = [water, ...(same === undefined ? [beans, sugar] : Object.keys(same.consumed))];
  // The latest order may have had sugar.
  return drink.sugar === 0 ? all.filter((material) => material !== sugar) : all;
}

/** linux keeps one order number, which `products` overwrites: the customer would pay and get nothing [field]. android itself refuses. */
function customerOrders({ machine, platform, now }: MachineContext): Hindrance<'customerOrders'> | null {
  const order = platform === 'android' ? undefined : openSale(machine?.orders ?? [], now);
  return order === undefined
    ? null
    : hindrance('customerOrders', { orderNo: order.orderNo }, lastOfSale(order));
}

/** Digits [doc 3.8]: hundreds strength, tens milk, ones sugar. */
const order = ({ productId, strength, milk, sugar }: z.infer<typeof input>) => ({
  product_id: productId,
  fastcode: strength * 100 + milk * 10 + sugar,
  paydone: true,
  paytype: 'fastcode',
});

const makes: Obeys['acts'] = (vm, message, notify) =>
  vm.makeDrink(
    {
      productId: Number(message['product_id']),
      orderNo: toText(message['order_no']),
      isPaid: message['paydone'] === true,
      isOwn: vm.isOwn(message),
      isFree: message['cmd'] === wrapper,
    },
    notify,
  );

export const makeDrink = command(input)({
  examples: [{ productId: 801, strength: 2, milk: 2, sugar: 2 }],
  offered: 'button',
  effects: ['dispenses'],
  possible: (now, drink) =>
    unless(
      customerOrders,
      doorOpen,
      cupInPlace,
      inFault,
      suppliesGone((machine) => needed(machine, drink)),
    )(now),
  ofOneBuild: true,
  wire: {
    // Crema's own order number distinguishes the drink from others of this product [field].
    linux: (drink, to) => ({ ...bare('products')(drink, to), order_no: to.sessionId, ...order(drink) }),
    // Of android's two forms, only this one reports a reason for refusal [field]. Nobody pays for the drink.
    android: (drink, to) => ({ ...remote('products')(drink, to), ...order(drink) }),
  },
  // android has the bare form too [field3].
  like: ({ cmd }) => cmd === 'products',
  steps: {
    otherDrink: { productId: 802, orderNo: 'A1', payType: 'wx_pub' },
    freeDrink: { productId: 801, orderNo: 'A2' },
    drinkEarlier: { productId: 801, orderNo: 'A2' },
    drinkOfServer: { productId: 801, orderNo: 'A2' },
    drinkSometime: { productId: 801, orderNo: 'A2' },
    /** Only earlier versions of Crema: the bare message to android, which android answered. */
    drinkRefused: { status: '0' },
  },
  follows: (earlier, { productId }) =>
    noted(
      earlier.filter((one) => one.input['productId'] === productId),
      'drinkEarlier',
    ),
  expects: {
    linux: [{ within: madeWithin, anyOf: [when('productdone', linuxDrink)] }],
    android: [{ within: madeWithin, anyOf: [when('productdone', androidDrink)] }],
  },
  queueFor: minute,
  lateFor: day,
  // linux reports our order number; android uses its own.
  namedByProof: { linux: true, android: false },
  says: (drink, _facts, { productName }) => {
    const name = productName(drink.productId);
    return name === null ? ['drink', drink] : ['named', { ...drink, name }];
  },
  // The next drink is often the same.
  keepsInput: true,
  virtual: {
    linux: { acts: makes },
    android: {
      answers: (vm, { order_no: orderNo }, isTaken) =>
        vm.report('drinkAnswered', { orderNo: toText(orderNo) ?? '', isTaken }),
      notifies: 'itself',
      acts: makes,
    },
  },
});
