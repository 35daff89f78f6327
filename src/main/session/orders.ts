/** Orders are one per order number however often a machine sends them (machines repeat until acknowledged [field]). */
import type { Order } from '#shared/model/machine';
import type { FrameEntry } from '#shared/model/frame';
import type { ProductDoneMessage, QrCodeMessage, ServerMessage } from '#shared/model/message';

/** How many orders of one machine are kept in its state; older ones are in the journal. */
export const ordersKept = 50;

function keep(orders: readonly Order[]): readonly Order[] {
  return orders.length > ordersKept ? orders.slice(orders.length - ordersKept) : orders;
}

function replace(orders: readonly Order[], old: Order, order: Order): readonly Order[] {
  return orders.map((one) => (one === old ? order : one));
}

/** A QR request opens the order; asking again changes nothing. */
export function applyQrRequest(
  orders: readonly Order[],
  message: QrCodeMessage,
  entry: FrameEntry,
): readonly Order[] {
  const { orderNo } = message;
  if (orderNo === null || orders.some((order) => order.orderNo === orderNo)) return orders;
  return keep([
    ...orders,
    {
      orderNo,
      entry: entry.id,
      at: entry.at,
      productId: message.productId,
      productName: null,
      amount: message.amount,
      payType: null,
      qr: {},
      state: 'requested',
      failReason: null,
      doneTimes: 0,
    },
  ]);
}

/** Remembers which QR text was given out for which payment type. */
export function applyQrAnswer(
  orders: readonly Order[],
  answer: Extract<ServerMessage, { cmd: 'qrcode_r' }>,
): readonly Order[] {
  const order = orders.findLast((one) => one.orderNo === answer.order_no);
  if (order === undefined || Object.hasOwn(order.qr, answer.qr_type)) return orders;
  return replace(orders, order, {
    ...order,
    qr: Object.fromEntries([...Object.entries(order.qr), [answer.qr_type, answer.qrcode]]),
  });
}

/** A finished drink. `first` is false for a repetition. Without an order number every message is its own order. */
export function applyProductDone(
  orders: readonly Order[],
  message: ProductDoneMessage,
  entry: FrameEntry,
): { readonly orders: readonly Order[]; readonly order: Order; readonly first: boolean } {
  const orderNo = message.orderNo === null || message.orderNo === '' ? `#${entry.id}` : message.orderNo;
  const known = orders.findLast((order) => order.orderNo === orderNo);
  const order: Order = {
    orderNo,
    entry: known?.entry ?? entry.id,
    at: known?.at ?? entry.at,
    productId: message.productId ?? known?.productId ?? null,
    productName: message.productName ?? known?.productName ?? null,
    amount: message.amount ?? known?.amount ?? null,
    payType: message.payType ?? known?.payType ?? null,
    qr: known?.qr ?? {},
    // Without `isok` nothing is claimed.
    state: message.isOk === null ? (known?.state ?? 'requested') : message.isOk ? 'made' : 'failed',
    failReason: message.failReason,
    doneTimes: (known?.doneTimes ?? 0) + 1,
  };
  return {
    orders: known === undefined ? keep([...orders, order]) : replace(orders, known, order),
    order,
    first: order.doneTimes === 1,
  };
}
