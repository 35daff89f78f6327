/** Orders: one per order number, however often a machine repeats it (machines repeat until acknowledged [field]). */
import type { OrderRecord } from '#shared/model/history';
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { orderOf, type Order } from '#shared/model/order';

/** How many orders of one machine are kept in its state; older ones are in the journal. */
const ordersKept = 50;

function keep(orders: readonly Order[]): readonly Order[] {
  return orders.length > ordersKept ? orders.slice(orders.length - ordersKept) : orders;
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

/** Changes the order with this number, or adds it. */
export function withOrder(
  orders: readonly Order[],
  orderNo: string,
  entry: FrameEntry,
  changes: Partial<Order>,
): readonly Order[] {
  const known = orderOf(orders, orderNo);
  if (known === undefined) return keep([...orders, { ...newOrder(orderNo, entry), ...changes }]);
  const order = { ...known, ...changes };
  return orders.map((other) => (other === known ? order : other));
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
