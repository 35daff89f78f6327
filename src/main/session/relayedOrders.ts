/** What the relay has to do with orders: whose word a payment was, and whether the real server was told of the order. */
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { orderOf, type Order } from '#shared/model/order';
import type { RelayedAs } from '#shared/model/relay';
import { isOurs, isPassedOn } from '#shared/model/relayed';
import type { Changes } from './apply/on';

/** What a frame changes, with that said of the orders among it. */
export function relayedOrders(
  { link, orders: before }: MachineState,
  changes: Changes,
  entry: FrameEntry,
): Changes {
  const upstream = link.status === 'online' && link.conn === entry.conn ? link.peer.relay : undefined;
  if (upstream === undefined || changes?.orders === undefined) return changes;
  const known = new Set(before);
  const orders = changes.orders.map((order) =>
    known.has(order) ? order : marked(order, upstream.is, entry),
  );
  return { ...changes, orders };
}

function marked(order: Order, is: RelayedAs, entry: FrameEntry): Order {
  if (entry.dir === 'in') return { ...order, untold: is !== 'relayed' || !isPassedOn(entry) };
  return order.payment?.entry === entry.id
    ? { ...order, paidByServer: is === 'relayed' && !isOurs(entry) }
    : order;
}

/** A machine's frame that was held goes on as it came: its server has heard of the order now. */
export function toldLate(machine: MachineState, { dir, message, findings }: FrameEntry): MachineState {
  const { body } = message;
  if (dir !== 'in' || !('orderNo' in body) || typeof body.orderNo !== 'string') return machine;
  const order = orderOf(machine.orders, body.orderNo);
  if (order?.untold !== true || !findings.some(({ code }) => code === 'relay.released')) return machine;
  const orders = machine.orders.map((one) => (one === order ? { ...one, untold: false } : one));
  return { ...machine, orders };
}
