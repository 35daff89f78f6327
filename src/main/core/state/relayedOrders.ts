/** What the relay has to do with orders: whose word a payment was, and whether the real server was told of the order. */
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { orderOf, type Order } from '#shared/model/order';
import type { RelayedAs } from '#shared/model/relay';
import { isOurs, isPassedOn } from '#shared/model/relayed';
import type { Changes } from './apply/on';

/** What a frame changes, with that said of the orders among it. `relayed`: what became of the connection that it came on. */
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
  if (entry.dir === 'in')
    return { ...order, untold: is !== 'relayed' || !isPassedOn(entry) || isDoneUntold(order, entry) };
  return order.payment?.entry === entry.id
    ? { ...order, paidByServer: order.paidByServer === true || (is === 'relayed' && !isOurs(entry)) }
    : order;
}

/** That it was done never reached the server: what else is said of it makes up for that only by saying it again. */
const isDoneUntold = ({ untold, done }: Order, { message }: FrameEntry): boolean =>
  untold === true && done !== null && message.body.cmd !== 'productdone';

/** A machine's frame that was held goes on as it came: its server has heard of the order now. */
export function toldLate(machine: MachineState, entry: FrameEntry): MachineState {
  const { dir, message, findings } = entry;
  const { body } = message;
  if (dir !== 'in' || !('orderNo' in body) || typeof body.orderNo !== 'string') return machine;
  const order = orderOf(machine.orders, body.orderNo);
  if (
    order?.untold !== true ||
    isDoneUntold(order, entry) ||
    !findings.some(({ code }) => code === 'relay.released')
  )
    return machine;
  const orders = machine.orders.map((one) => (one === order ? { ...one, untold: false } : one));
  return { ...machine, orders };
}
