/** What the relay has to do with orders: whose word a payment was, and whether the real server was told of the order. */
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import type { Order } from '#shared/model/order';
import { isOurs } from '#shared/model/relayed';
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

function marked(order: Order, is: 'relayed' | 'meanwhile' | 'cutOff', entry: FrameEntry): Order {
  if (entry.dir === 'in')
    return {
      ...order,
      untold:
        is !== 'relayed' ||
        entry.findings.some(({ code }) => code === 'relay.dropped' || code === 'relay.answered'),
    };
  const isPayment = order.payment?.entry === entry.id;
  return isPayment ? { ...order, paidByServer: is === 'relayed' && !isOurs(entry) } : order;
}
