import { madeUpNumber, orderOf, type Order } from '../model/order';
import { orderNo, payTypes, price, productId, yyyyMMddHHmmss } from './common';
import { flag, integer, others, remark, seen, text } from './field';
import { fromMachine, toMachine } from './row';
import { saysOrder } from './says';
import { secondOf } from './times';

/** A drink was made, or not. linux sends it again every 3 s until it is acknowledged, android for days [field]. */
export const productdone = fromMachine('productdone', {
  source: 'doc',
  fields: {
    /** Newer android machines send their own name of it instead [field]. */
    productName: { ...remark('ProductName'), unlessWith: ['nameKey', 'timestamp', 'recipe'] },
    productId: { ...productId, names: ['ProductId'] },
    amount: price(['ProductAmount', 'Amount']),
    payType: remark('PayType', { values: payTypes }),
    isOk: flag('isok', { means: 'isMade' }),
    /** Empty where a drink was ordered without one [field]. */
    orderNo: { ...orderNo, mayBeBlank: true },
    timestamp: seen(text('timestamp', { means: 'orderTime', ...yyyyMMddHHmmss })),
    nameKey: seen(text('nameKey')),
    resendTimes: seen(integer('order_resend_times')),
    orderUploaded: seen(flag('order_uploaded')),
    /** A code or a sentence; stored orders may have none although they failed [field]. */
    failReason: seen(text('failreason')),
    isStored: seen(flag('historyOrder')),
    recipe: seen(text('recipeName')),
    /** `canisterIds` and what else is said of cups and canisters. */
    parts: seen(others(/cup|canister/i, { means: 'cupsAndCanisters' })),
  },
  says: ({ productName, productId: id, amount, isOk, failReason }) => {
    const product = productName ?? id;
    if (product === null) return null;
    if (isOk === true) return amount === null ? ['made', { product }] : ['madeFor', { product, amount }];
    if (isOk === null) return ['drink', { product }];
    return failReason === null ? ['failed', { product }] : ['failedWhy', { product, error: failReason }];
  },
  answer: {
    with: 'productdone_r',
    profile: 'extended',
    settles: 'orderNo',
    // One without a number too: it comes again every 3 s otherwise [field].
    make: ({ orderNo: number }, { vmcNo }) => ({
      cmd: 'productdone_r',
      vmc_no: vmcNo,
      order_no: number ?? '',
      isOk: true,
    }),
  },
  raises: { 'order.repeated': 'info' },
  findings: (body, { machine, now }) => {
    const order = machine === null ? undefined : orderOfDrink(body, machine, now);
    return order === undefined || order.doneTimes === 0
      ? []
      : [{ code: 'order.repeated', params: { orderNo: order.orderNo.trim(), times: order.doneTimes + 1 } }];
  },
  virtual: {
    drink: (
      {
        name,
        nameKey,
        productId: id,
        amount,
        payType,
        orderNo: order,
        failReason,
        soldAt,
        resends,
        isHistory,
      },
      { platform },
    ) => ({
      ProductName: name,
      ProductId: id,
      ProductAmount: amount,
      PayType: payType,
      isok: failReason === null,
      order_no: order,
      ...(platform === 'linux'
        ? {}
        : {
            timestamp: secondOf(soldAt),
            nameKey,
            order_resend_times: resends,
            order_uploaded: false,
            ...(isHistory && { historyOrder: 1 }),
          }),
      ...(failReason === null ? {} : { failreason: failReason }),
    }),
  },
  example: {
    vmc_no: 33_232,
    ProductName: 'Hot milk',
    ProductId: 701,
    ProductAmount: 1000,
    PayType: 'wx_pub',
    isok: true,
    order_no: 'bc114ddb5370a97a9012ca695f7ffa25',
    timestamp: '20170503101500',
    nameKey: 'hot_milk',
    order_resend_times: 0,
    order_uploaded: false,
    historyOrder: false,
    recipeName: 'Hot milk 1',
    canisterIds: '3,4',
  },
});

/** [ours] ms since it was told last in which the same again, without a number and a time, is the same drink: it comes every 3 s until it is acknowledged [field]. */
const sameWithin = 60_000;

/** What one message tells of a drink. */
interface Drink extends Pick<
  Order,
  'productId' | 'productName' | 'amount' | 'payType' | 'failReason' | 'recipe' | 'parts'
> {
  readonly orderNo: string | null;
  readonly timestamp: string | null;
  readonly isOk: boolean | null;
}

interface Teller {
  readonly orders: readonly Order[];
  readonly link: { readonly since: number };
}

/** The order that this message is about, where it is known. */
export function orderOfDrink(drink: Drink, { orders, link }: Teller, now: number): Order | undefined {
  const { orderNo: number, timestamp, productId: product } = drink;
  if (number !== null) return orderOf(orders, number);
  if (timestamp !== null) return orderOf(orders, madeUpNumber(timestamp, product, 0));
  return orders.findLast(
    (order) =>
      order.orderNo === madeUpNumber(null, null, order.entry) &&
      order.heardAt >= link.since &&
      now - (order.lastDoneAt ?? order.heardAt) < sameWithin &&
      saysTheSame(order, drink),
  );
}

function saysTheSame(order: Order, drink: Drink): boolean {
  const told = [order.productId, order.productName, order.amount, order.payType, order.done?.value ?? null];
  const tells = [drink.productId, drink.productName, drink.amount, drink.payType, drink.isOk];
  const more = (of: Pick<Order, 'failReason' | 'recipe' | 'parts'>): string =>
    JSON.stringify([of.failReason, of.recipe, of.parts]);
  return told.every((value, index) => value === tells[index]) && more(order) === more(drink);
}

export const productdone_r = toMachine('productdone_r', {
  source: 'field',
  fields: { orderNo, orderTaken: flag('isOk') },
  says: saysOrder,
  example: { vmc_no: 33_232, order_no: '0', isOk: true },
});
