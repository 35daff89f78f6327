/** Relay facts of orders: who decided the payment, and whether the real server got the order. */
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { orderOf, type Order } from '#shared/model/order';
import type { RelayedAs } from '#shared/model/relay';
import { isOurs, isPassedOn } from '#shared/model/relayed';
import type { Changes } from './apply/on';
import { copyOfOrder, withChanges } from './copies';

/** A frame's changes with the relay facts of the orders in them. `relayed`: relay state of the frame's connection. */
export function relayedOrders(
  before: MachineState,
  changes: Changes,
  entry: FrameEntry,
  relayed: RelayedAs | null,
): Changes {
  if (relayed === null || changes?.orders === undefined) return changes;
  const known = new Set(before.orders);
  const orders = changes.orders.map((order) => (known.has(order) ? order : marked(order, relayed, entry)));
  return { ...changes, orders };
}

function marked(order: Order, is: RelayedAs, entry: FrameEntry): Order {
  const copy = copyOfOrder(order);
  if (entry.dir === 'in')
    copy.untold = is !== 'relayed' || !isPassedOn(entry) || isDoneUnreported(order, entry);
  else if (order.payment?.entry === entry.id)
    copy.paidByServer = order.paidByServer === true || (is === 'relayed' && !isOurs(entry));
  else return order;
  return copy;
}

/** The completed drink never reached the server. Only another `productdone` makes up for that. */
const isDoneUnreported = ({ untold, done }: Order, { message }: FrameEntry): boolean =>
  untold === true && done !== null && message.body.cmd !== 'productdone';

/** A person may edit a held frame into another message, so `relay.edited` does not count. */
const reaches: ReadonlySet<string> = new Set(['relay.released', 'relay.sentLate', 'relay.rewritten']);

/** A held, delayed or rewritten frame of a machine leaves: its server has the order now. */
export function reportedLate(machine: MachineState, entry: FrameEntry): MachineState {
  const { dir, message, findings } = entry;
  const { body } = message;
  if (dir !== 'in' || !('orderNo' in body) || typeof body.orderNo !== 'string') return machine;
  const order = orderOf(machine.orders, body.orderNo);
  if (
    order?.untold !== true ||
    isDoneUnreported(order, entry) ||
    !findings.some(({ code }) => reaches.has(code))
  )
    return machine;
  const orders = machine.orders.map((one) =>
    one === order ? Object.assign(copyOfOrder(one), { untold: false }) : one,
  );
  return withChanges(machine, { orders });
}
