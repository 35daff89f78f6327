/** Orders are one per order number however often a machine sends them (machines repeat until acknowledged [field]). */
import type { OrderRecord } from '#shared/model/history';
import type { MachineState, Order } from '#shared/model/machine';
import type { FrameEntry } from '#shared/model/frame';
import type { ProductDoneMessage, QrCodeMessage, ServerMessage } from '#shared/model/message';

/** How many orders of one machine are kept in its state; older ones are in the journal. */
const ordersKept = 50;

function keep(orders: readonly Order[]): readonly Order[] {
  return orders.length > ordersKept ? orders.slice(orders.length - ordersKept) : orders;
}

function replace(orders: readonly Order[], old: Order, order: Order): readonly Order[] {
  return orders.map((one) => (one === old ? order : one));
}

/** An order of which only its number is known. */
function newOrder(orderNo: string, entry: FrameEntry): Order {
  return {
    orderNo,
    entry: entry.id,
    at: entry.at,
    productId: null,
    productName: null,
    amount: null,
    payType: null,
    qrType: null,
    qr: {},
    answered: null,
    payment: null,
    acknowledged: null,
    done: null,
    state: 'requested',
    failReason: null,
    doneTimes: 0,
  };
}

/** Orders kept by an older Crema lack what was added since. */
export function completeOrder(order: Order): Order {
  const { orderNo, entry, at } = order;
  return { ...newOrder(orderNo, { id: entry, at } as FrameEntry), ...order };
}

/** A QR request opens the order; asking again changes nothing. */
export function applyQrRequest(
  orders: readonly Order[],
  message: QrCodeMessage,
  entry: FrameEntry,
): readonly Order[] {
  const { orderNo } = message;
  if (orderNo === null || orders.some((order) => order.orderNo === orderNo)) return orders;
  const { productId, amount, qrType } = message;
  return keep([...orders, { ...newOrder(orderNo, entry), productId, amount, qrType: qrType ?? 'all' }]);
}

/** Remembers which QR text was given out for which payment type; the newest one counts. */
export function applyQrAnswer(
  orders: readonly Order[],
  answer: Extract<ServerMessage, { cmd: 'qrcode_r' }>,
  entry: FrameEntry,
): readonly Order[] {
  const order = orders.findLast((one) => one.orderNo === answer.order_no);
  if (order === undefined) return orders;
  const known = Object.hasOwn(order.qr, answer.qr_type) ? order.qr[answer.qr_type] : undefined;
  if (known === answer.qrcode) return orders;
  return replace(orders, order, {
    ...order,
    qr: Object.fromEntries([...Object.entries(order.qr), [answer.qr_type, answer.qrcode]]),
    answered: order.answered ?? { value: true, at: entry.at, entry: entry.id },
  });
}

/** What we told the machine about the payment (pay_done). */
export function applyPayment(
  orders: readonly Order[],
  told: Extract<ServerMessage, { cmd: 'pay_done' }>,
  entry: FrameEntry,
): readonly Order[] {
  const known = orders.findLast((one) => one.orderNo === told.order_no);
  const order = known ?? newOrder(told.order_no, entry);
  const value = { paid: told.paydone, payType: told.paytype };
  const next: Order = {
    ...order,
    amount: order.amount ?? told.product_amount,
    payType: told.paytype,
    payment: { value, at: entry.at, entry: entry.id },
    acknowledged: null,
    state: order.done === null ? (told.paydone ? 'paid' : 'refused') : order.state,
  };
  return known === undefined ? keep([...orders, next]) : replace(orders, known, next);
}

/** `paydone_r`: without an order number it answers the payment told last. */
export function applyPaymentHeard(
  orders: readonly Order[],
  orderNo: string | null,
  entry: FrameEntry,
): readonly Order[] {
  const order = orders.findLast(
    (one) => one.payment !== null && (orderNo === null || one.orderNo === orderNo),
  );
  if (order === undefined || order.acknowledged !== null) return orders;
  return replace(orders, order, { ...order, acknowledged: { value: true, at: entry.at, entry: entry.id } });
}

/** A finished drink. `first` is false for a repetition. Without an order number every message is its own order. */
export function applyProductDone(
  orders: readonly Order[],
  message: ProductDoneMessage,
  entry: FrameEntry,
): { readonly orders: readonly Order[]; readonly order: Order; readonly first: boolean } {
  const orderNo = message.orderNo === null || message.orderNo === '' ? `#${entry.id}` : message.orderNo;
  const known = orders.findLast((order) => order.orderNo === orderNo);
  const before = known ?? newOrder(orderNo, entry);
  const { isOk } = message;
  const order: Order = {
    ...before,
    productId: message.productId ?? before.productId,
    productName: message.productName ?? before.productName,
    amount: message.amount ?? before.amount,
    payType: message.payType ?? before.payType,
    done: before.done ?? (isOk === null ? null : { value: isOk, at: entry.at, entry: entry.id }),
    // Without `isok` nothing is claimed.
    state: isOk === null ? before.state : isOk ? 'made' : 'failed',
    failReason: message.failReason,
    doneTimes: before.doneTimes + 1,
  };
  return {
    orders: known === undefined ? keep([...orders, order]) : replace(orders, known, order),
    order,
    first: order.doneTimes === 1,
  };
}

/** Orders that an entry opened or changed. */
export function orderChanges(before: MachineState | null, after: MachineState): readonly OrderRecord[] {
  const old = before?.orders ?? [];
  if (old === after.orders) return [];
  // They stand in the same order, but where the oldest was let go and where one was added.
  const { orders, vmcNo } = after;
  const changed: OrderRecord[] = [];
  let at = 0;
  for (const order of orders) {
    const same = old.indexOf(order, at);
    if (same >= 0) at = same + 1;
    else changed.push({ ...order, vmcNo });
  }
  return changed;
}
