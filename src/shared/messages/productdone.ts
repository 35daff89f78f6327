import { madeUpNumber, orderOf, type Order } from '../model/order';
import { orderNo, payTypes, price, productId, yyyyMMddHHmmss } from './common';
import { flag, integer, others, remark, seen, text } from './field';
import { fromMachine, toMachine } from './row';
import { saysOrder } from './says';
import { secondOf } from './times';

/** A drink was made or failed. Repeated until acknowledged: by linux every 3 s, by android for days [field]. */
export const productdone = fromMachine('productdone', {
  source: 'doc',
  fields: {
    /** Newer android machines send their own name for it instead [field]. */
    productName: { ...remark('ProductName'), unlessWith: ['nameKey', 'timestamp', 'recipe'] },
    productId: { ...productId, names: ['ProductId'] },
    amount: price(['ProductAmount', 'Amount']),
    payType: remark('PayType', { values: payTypes }),
    isOk: flag('isok', { means: 'isMade' }),
    /** Empty if a drink was ordered without a number [field]. */
    orderNo: { ...orderNo, mayBeBlank: true },
    timestamp: seen(text('timestamp', { means: 'orderTime', ...yyyyMMddHHmmss })),
    nameKey: seen(text('nameKey')),
    resendTimes: seen(integer('order_resend_times')),
    orderUploaded: seen(flag('order_uploaded')),
    /** A code or a sentence. Stored failed orders may lack it [field]. */
    failReason: seen(text('failreason')),
    isStored: seen(flag('historyOrder')),
    recipe: seen(text('recipeName')),
    /** `canisterIds` and other members about cups and canisters. */
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
    // Also without a number, because linux repeats the report every 3 s otherwise [field].
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

/**
 * [ours] ms since the last report. A repetition within this time, without number and time, is the same drink: linux repeats every 3 s
 * until acknowledged [field].
 */
const sameWithin = 60_000;

/** A message's facts about a drink. */
interface Drink extends Pick<
  Order,
  'productId' | 'productName' | 'amount' | 'payType' | 'failReason' | 'recipe' | 'parts'
> {
  readonly orderNo: string | null;
  readonly timestamp: string | null;
  readonly isOk: boolean | null;
}

interface ReportingMachine {
  readonly orders: readonly Order[];
  readonly link: { readonly since: number };
}

/** The order that this message is about, if known. */
export function orderOfDrink(
  drink: Drink,
  { orders, link }: ReportingMachine,
  now: number,
): Order | undefined {
  const { orderNo: number, timestamp, productId: product } = drink;
  if (number !== null) return orderOf(orders, number);
  if (timestamp !== null) return orderOf(orders, madeUpNumber(timestamp, product, 0));
  return orders.findLast(
    (order) =>
      order.orderNo === madeUpNumber(null, null, order.entry) &&
      order.heardAt >= link.since &&
      now - (order.lastDoneAt ?? order.heardAt) < sameWithin &&
      isSameReport(order, drink),
  );
}

function isSameReport(order: Order, drink: Drink): boolean {
  const recorded = [
    order.productId,
    order.productName,
    order.amount,
    order.payType,
    order.done?.value ?? null,
  ];
  const reported = [drink.productId, drink.productName, drink.amount, drink.payType, drink.isOk];
  const more = (of: Pick<Order, 'failReason' | 'recipe' | 'parts'>): string =>
    JSON.stringify([of.failReason, of.recipe, of.parts]);
  return recorded.every((value, index) => value === reported[index]) && more(order) === more(drink);
}

export const productdone_r = toMachine('productdone_r', {
  source: 'field',
  fields: { orderNo, orderTaken: flag('isOk') },
  says: saysOrder,
  example: { vmc_no: 33_232, order_no: '0', isOk: true },
});
