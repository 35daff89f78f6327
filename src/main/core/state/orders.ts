/** Orders: one per order number, however often a machine repeats it (machines repeat until acknowledged, and for days [field]). */
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { orderOf, orderState, type Order } from '#shared/model/order';
import type { Writable } from './copies';

/** How many orders of one machine are kept in its state: so many that are over, the ones heard of last, and so many that go on. Older ones are in the journal. */
const ordersKept = 50;

/** What one order names, whatever a machine sends: the kinds of payment it asks a text for, and the parts that made the drink. */
export const mostQrTypes = 20;
export const mostParts = 40;

/** Of so many members those that came last. */
export function atMost<V>(most: number, members: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
  const all = Object.entries(members);
  return all.length <= most ? members : Object.fromEntries(all.slice(-most));
}

/** The machine has told of the drink. Of one that is known by its number alone, `doneTimes` says so. */
const isOver = ({ done, doneTimes }: Order): boolean => done !== null || doneTimes > 0;

/** With one more, and without the oldest where they are too many: stored orders, which come in dozens, take no sale's place that goes on. */
export const added = (known: readonly Order[], order: Order): readonly Order[] =>
  bounded([...known, order], order);

/** `latest` stays: it may be the oldest of those that are over. */
function bounded(orders: readonly Order[], latest: Order): readonly Order[] {
  // Most machines never have as many.
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

/** An order of which only its number is known. */
export function newOrder(orderNo: string, { id, at }: Pick<FrameEntry, 'id' | 'at'>): Order {
  return {
    orderNo,
    entry: id,
    at,
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

/** Changes the order with this number, or adds it; `soldAt` says when an order that nobody knew was sold. */
export function withOrder(
  orders: readonly Order[],
  orderNo: string,
  entry: FrameEntry,
  changes: Partial<Omit<Order, 'state' | 'at'>>,
  soldAt: number = entry.at,
): readonly Order[] {
  const known = orderOf(orders, orderNo);
  const order: Writable<Order> = {
    ...(known ?? { ...newOrder(orderNo, entry), at: soldAt }),
    ...changes,
  };
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
  // Both lists are in the same order; old ones may be missing in the new one, and an order may be added.
  const changed: Order[] = [];
  // Nearly always what changed is the last.
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
