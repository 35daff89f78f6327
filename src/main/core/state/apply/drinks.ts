import { products } from '#shared/messages/products';
import { remote } from '#shared/messages/index';
import { wireMoment } from '#shared/messages/common';
import { orderOfDrink, productdone } from '#shared/messages/productdone';
import type { BodyOf } from '#shared/messages/row';
import type { MachineState } from '#shared/model/machine';
import { madeUpNumber, orderOf, type Order } from '#shared/model/order';
import { upordrecipe } from '#shared/messages/upordrecipe';
import { brewOf, orderedBy, withBrew } from '../brews';
import { withDrinkMade } from '../activeFaults';
import { isCut } from '../cut';
import { atMost, mostParts, withOrder } from '../orders';
import { evident, on } from './on';
import { rinseOf, rinsingrecord } from '#shared/messages/rinsingrecord';

/** A server orders a drink. */
export const onProducts = on(products, (machine, body, entry) => withBrew(machine, body, entry));

/** The one android operation that orders a drink. The order number is the machine's own [field3]. */
export const onRemote = on(remote, (machine, { operation, productId, isPaid }, entry) =>
  operation === 'products' ? withBrew(machine, { productId, isPaid, orderNo: null }, entry) : null,
);

/** [ours] ms. A drink older than this by the machine's clock was stored before it was reported. */
const fresh = 600_000;
/** ms that a machine's clock may be ahead of Crema's. */
const ahead = 300_000;
/** Earlier times come from clocks that were never set: no machine that stores orders is older. */
const earliest = Date.UTC(2015, 0, 1);

/** A finished drink. The report may be a repetition, or arrive days later. */
export const onProductdone = on(productdone, (machine, message, entry) => {
  const { isOk } = message;
  const before = orderOfDrink(message, machine, entry.at);
  const orderNo =
    before?.orderNo ?? message.orderNo ?? madeUpNumber(message.timestamp, message.productId, entry.id);
  // After a crash entries are folded again, so this one may be counted already.
  const isCounted = before !== undefined && before.lastDone >= entry.id;
  const doneTimes = (before?.doneTimes ?? 0) + (isCounted ? 0 : 1);
  const brew = before?.ordered === undefined ? brewOf(machine, message, entry.at) : undefined;
  const orders = withOrder(
    machine.orders,
    orderNo,
    entry,
    {
      productId: message.productId ?? before?.productId ?? null,
      productName: message.productName ?? before?.productName ?? null,
      amount: message.amount ?? before?.amount ?? null,
      payType: message.payType ?? before?.payType ?? null,
      // Without `isok` the result is unknown.
      done: before?.done ?? (isOk === null ? null : evident(isOk, entry)),
      failReason: message.failReason ?? before?.failReason ?? null,
      recipe: message.recipe ?? before?.recipe ?? null,
      parts: atMost(mostParts, { ...before?.parts, ...message.parts }),
      doneTimes,
      lastDone: Math.max(before?.lastDone ?? 0, entry.id),
      lastDoneAt: isCounted ? before.lastDoneAt : entry.at,
      ...(brew !== undefined && { ordered: orderedBy(brew) }),
    },
    before === undefined ? soldAt(message.timestamp, entry.at) : before.at,
  );
  const order = orderOf(orders, orderNo);
  const isNews = doneTimes === 1 && isOk !== null && order !== undefined;
  const isMadeNow = isNews && isOk && !isCut(entry) && isOfNow(message, machine, entry.at);
  return {
    orders,
    brews: brew === undefined ? machine.brews : machine.brews.filter((one) => one !== brew),
    // A stored order may be older than the last known drink.
    lastDrink:
      isNews && (order.at >= (machine.lastDrink?.at ?? 0) || isAhead(machine, entry.at))
        ? { value: order, at: order.at, entry: entry.id }
        : machine.lastDrink,
    // [ours] A successful drink proves that no cup blocks the outlet. A stored or repeated report is not evidence.
    cupBlocked: isMadeNow ? null : machine.cupBlocked,
    errors: isMadeNow
      ? withDrinkMade(machine.errors, madeAt(message.timestamp, before, entry.at), entry)
      : machine.errors,
  };
});

/** ms by which a held entry may be late. */
const latest = 60_000;
/** The last known drink has a time from a clock that was ahead. */
const isAhead = ({ lastDrink }: MachineState, now: number): boolean =>
  lastDrink !== null && lastDrink.at > now + latest;

/** Whether the drink was made just now, not stored. The time of the payment request does not count: a payment may take long. */
function isOfNow(message: BodyOf<typeof productdone>, machine: MachineState, now: number): boolean {
  const { isStored, resendTimes, timestamp } = message;
  if (isStored === true || (resendTimes ?? 0) > 0) return false;
  const old = now - soldAt(timestamp, now);
  if (old < fresh) return true;
  // With a slow or unset clock every drink looks old. A drink requested on this connection is current all the same, because the
  // connection could carry its result immediately. The field for "not stored" is not evidence: stored reports have it too.
  const order = orderOfDrink(message, machine, now);
  return order !== undefined && order.isWhole && order.heardAt >= machine.link.since;
}

/** ms. A machine's own time is in whole seconds. */
const timestampUnit = 1_000;
/** Not before the machine's payment request, whatever the machine's clock shows. */
const madeAt = (timestamp: string | null, before: Order | undefined, receivedAt: number): number =>
  Math.min(receivedAt, Math.max(soldAt(timestamp, receivedAt) + timestampUnit, before?.heardAt ?? 0));

/** The machine's own time if plausible, otherwise the time of receipt. */
function soldAt(timestamp: string | null, receivedAt: number): number {
  const at = timestamp === null ? null : wireMoment(timestamp);
  if (at === null || at < earliest || at > receivedAt + ahead) return receivedAt;
  return Math.min(at, receivedAt);
}

/** The consumption of an order. A report without a number, or about an unknown order, is ignored. */
export const onUpordrecipe = on(upordrecipe, ({ orders }, { orderNo, consumed }, entry) =>
  orderNo === null || consumed === null || orderOf(orders, orderNo) === undefined
    ? null
    : { orders: withOrder(orders, orderNo, entry, { consumed, used: evident(true, entry) }) },
);

/** [ours] A machine whose records nobody acknowledged repeated one 19 hours later [field]. */
const rinsesKept = 100;

/** The reported rinses. Machines repeat reports, and a repetition is not a later rinse. */
export const onRinsingrecord = on(rinsingrecord, ({ rinses }, { recordId, isOk }) => {
  const rinse = rinseOf(recordId);
  if (rinse === null || isOk === null || rinses.at(-1) === rinse.id) return null;
  return { rinses: [...rinses.filter((id) => id !== rinse.id), rinse.id].slice(-rinsesKept) };
});
