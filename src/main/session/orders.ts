/** Orders: one per order number, however often a machine repeats it (machines repeat until acknowledged, and for days [field]). */
import type { OrderRecord } from '#shared/model/history';
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { orderOf, orderState, type Order } from '#shared/model/order';

/** How many orders of one machine are kept in its state: so many that are over, the ones heard of last, and so many that go on. Older ones are in the journal. */
const ordersKept = 50;

/** The machine has told of the drink. Of one that is known by its number alone, `doneTimes` says so. */
const isOver = ({ done, doneTimes }: Order): boolean => done !== null || doneTimes > 0;

/** With one more, and without the oldest where they are too many: stored orders, which come in dozens, take no sale's place that goes on. */
export const added = (known: readonly Order[], order: Order): readonly Order[] =>
  bounded([...known, order], order);

/** `latest` stays: it may be the oldest of those that are over. */
function bounded(orders: readonly Order[], latest: Order): readonly Order[] {
  // Most machines never have as many.
  if (orders.length <= ordersKept) return orders;
  const over = orders.filter(isOver).length;
  const tooMany = new Map([
    [true, over - ordersKept],
    [false, orders.length - over - ordersKept],
  ]);
  return orders.filter((order) => {
    const left = tooMany.get(isOver(order)) ?? 0;
    if (left <= 0 || order === latest) return true;
    tooMany.set(isOver(order), left - 1);
    return false;
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
  const changed = { ...(known ?? { ...newOrder(orderNo, entry), at: soldAt }), ...changes };
  const order = { ...changed, state: orderState(changed) };
  return known === undefined
    ? added(orders, order)
    : bounded(
        orders.map((other) => (other === known ? order : other)),
        order,
      );
}

/** Orders that an entry opened or changed. */
export function orderChanges(
  before: MachineState | null,
  after: MachineState,
  isVirtual = false,
): readonly OrderRecord[] {
  const old = before?.orders ?? [];
  if (old === after.orders) return [];
  // Both lists are in the same order; old ones may be missing in the new one, and an order may be added.
  const { orders, vmcNo } = after;
  const changed: OrderRecord[] = [];
  let at = 0;
  for (const order of orders) {
    const same = old.indexOf(order, at);
    if (same >= 0) at = same + 1;
    else changed.push({ ...order, vmcNo, isVirtual });
  }
  return changed;
}
