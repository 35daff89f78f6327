/** Orders, one per order number. Machines repeat orders until they are acknowledged, and for days [field]. */
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { orderOf, orderState, type Order } from '#shared/model/order';
import { copyOfOrder, type Writable } from './copies';

/** Limit per machine in its state, for finished orders and for open ones. The journal has older orders. */
const ordersKept = 50;

/** Limits per order: payment types with a requested text, and parts that made the drink. */
export const mostQrTypes = 20;
export const mostParts = 40;

/** The last `most` members. */
export function atMost<V>(most: number, members: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
  const all = Object.entries(members);
  return all.length <= most ? members : Object.fromEntries(all.slice(-most));
}

/** Whether the machine has reported the drink. If only the order's number is known, `doneTimes` decides. */
const isOver = ({ done, doneTimes }: Order): boolean => done !== null || doneTimes > 0;

/** Adds an order and drops the oldest above the limit. Stored orders, which come in dozens, do not displace open sales. */
export const added = (known: readonly Order[], order: Order): readonly Order[] =>
  bounded([...known, order], order);

/** `latest` always stays. It may be the oldest finished order. */
function bounded(orders: readonly Order[], latest: Order): readonly Order[] {
  // Most machines never reach the limit.
  if (orders.length <= ordersKept) return orders;
  let over = 0;
  for (const order of orders) if (isOver(order)) over += 1;
  let tooManyOver = over - ordersKept;
  let tooManyOpen = orders.length - over - ordersKept;
  if (tooManyOver <= 0 && tooManyOpen <= 0) return orders;
  return orders.filter((order) => {
    if (order === latest) return true;
    return isOver(order) ? (tooManyOver -= 1) < 0 : (tooManyOpen -= 1) < 0;
  });
}

/** An order with nothing known but its number. `soldAt`: its time of sale, if known. */
export function newOrder(
  orderNo: string,
  { id, at }: Pick<FrameEntry, 'id' | 'at'>,
  soldAt: number = at,
): Order {
  return {
    orderNo,
    entry: id,
    at: soldAt,
    heardAt: at,
    isWhole: true,
    productId: null,
    productName: null,
    amount: null,
    payType: null,
    qrType: null,
    asked: null,
    checked: null,
    qr: {},
    answered: null,
    told: [],
    payment: null,
    acknowledged: null,
    done: null,
    state: 'requested',
    failReason: null,
    recipe: null,
    parts: {},
    consumed: {},
    used: null,
    doneTimes: 0,
    lastDone: 0,
    lastDoneAt: null,
  };
}

/** Changes the order with this number, or adds it. `soldAt`: time of sale of an unknown order. */
export function withOrder(
  orders: readonly Order[],
  orderNo: string,
  entry: FrameEntry,
  changes: Partial<Omit<Order, 'state' | 'at'>>,
  soldAt: number = entry.at,
): readonly Order[] {
  const known = orderOf(orders, orderNo);
  const order: Writable<Order> = known === undefined ? newOrder(orderNo, entry, soldAt) : copyOfOrder(known);
  Object.assign(order, changes);
  order.state = orderState(order);
  return known === undefined
    ? added(orders, order)
    : bounded(orders.with(orders.lastIndexOf(known), order), order);
}

/** Orders that an entry opened or changed. */
export function changedOrders(before: MachineState | null, after: MachineState): readonly Order[] {
  const old = before?.orders ?? [];
  const { orders } = after;
  if (old === orders) return none;
  // Both lists have the same order. The new one may lack old orders and have an additional one.
  const changed: Order[] = [];
  // The changed order is nearly always the last.
  let at = 0;
  while (at < orders.length && old[at] === orders[at]) at += 1;
  for (const order of orders.slice(at)) {
    let same = at;
    while (same < old.length && old[same] !== order) same += 1;
    if (same < old.length) at = same + 1;
    else changed.push(order);
  }
  return changed;
}

const none: readonly Order[] = [];
