/** Orders: one per order number, however often a machine repeats it (machines repeat until acknowledged, and for days [field]). */
import type { OrderRecord } from '#shared/model/history';
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { orderOf, orderState, type Order } from '#shared/model/order';

/** How many orders of one machine are kept in its state, the ones heard of last; older ones are in the journal. */
const ordersKept = 50;

/** With one more, and without the oldest where they are too many. */
export function added(known: readonly Order[], order: Order): readonly Order[] {
  const orders = [...known, order];
  return orders.length > ordersKept ? orders.slice(orders.length - ordersKept) : orders;
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
    doneTimes: 0,
    lastDone: 0,
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
  const changed = { ...(known ?? { ...newOrder(orderNo, entry), at: soldAt }), ...changes };
  const order = { ...changed, state: orderState(changed) };
  return known === undefined
    ? added(orders, order)
    : orders.map((other) => (other === known ? order : other));
}

/** Orders that an entry opened or changed. */
export function orderChanges(before: MachineState | null, after: MachineState): readonly OrderRecord[] {
  const old = before?.orders ?? [];
  if (old === after.orders) return [];
  // Both lists are in the same order; the oldest may be missing in the new one, and an order may be added.
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
