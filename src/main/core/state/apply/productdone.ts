import { wireMoment } from '#shared/messages/common';
import { orderOfDrink, productdone } from '#shared/messages/productdone';
import type { BodyOf } from '#shared/messages/row';
import type { MachineState } from '#shared/model/machine';
import { madeUpNumber, orderOf, type Order } from '#shared/model/order';
import { madeInSpite } from '../activeErrors';
import { brewOf, orderedBy } from '../brews';
import { isCut } from '../cut';
import { atMost, mostParts, withOrder } from '../orders';
import { evident, on } from './on';

/** [ours] ms. A drink that is told of later than this by the machine's clock was stored. */
const fresh = 600_000;
/** ms: machines' clocks run ahead of ours a little. */
const ahead = 300_000;
/** No machine that stores orders is older; a clock that was never set says so. */
const earliest = Date.UTC(2015, 0, 1);

/** A finished drink, perhaps told again, perhaps days after it was made. */
export const apply = on(productdone, (machine, message, entry) => {
  const { isOk } = message;
  const before = orderOfDrink(message, machine, entry.at);
  const orderNo =
    before?.orderNo ?? message.orderNo ?? madeUpNumber(message.timestamp, message.productId, entry.id);
  // After a crash entries are folded again: this one may be counted already.
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
      // Without `isok` nothing is claimed.
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
    // A stored order may be older than what is known already.
    lastDrink:
      isNews && (order.at >= (machine.lastDrink?.at ?? 0) || isAhead(machine, entry.at))
        ? { value: order, at: order.at, entry: entry.id }
        : machine.lastDrink,
    // [ours] a drink that worked proves that no cup blocks the outlet; one that was stored, or is told again, says nothing of now.
    cupBlocked: isMadeNow ? null : machine.cupBlocked,
    errors: isMadeNow
      ? madeInSpite(machine.errors, madeAt(message.timestamp, before, entry.at), entry)
      : machine.errors,
  };
});

/** ms by which an entry that was held may come late. */
const latest = 60_000;
/** The drink known last was made by a clock that was ahead. */
const isAhead = ({ lastDrink }: MachineState, now: number): boolean =>
  lastDrink !== null && lastDrink.at > now + latest;

/** Made a moment ago, not stored. When it was asked for says nothing of that: a machine may wait long for its payment. */
function isOfNow(message: BodyOf<typeof productdone>, machine: MachineState, now: number): boolean {
  const { isStored, resendTimes, timestamp } = message;
  if (isStored === true || (resendTimes ?? 0) > 0) return false;
  const old = now - soldAt(timestamp, now);
  if (old < fresh) return true;
  // A clock that is behind, or was never set, makes every drink an old one. What was asked for on this connection, which could carry
  // at once what came of it, is of now all the same. That it says it was not stored is no proof: stored ones were seen to say so.
  const order = orderOfDrink(message, machine, now);
  return order !== undefined && order.isWhole && order.heardAt >= machine.link.since;
}

/** ms: a machine's own time is in whole seconds. */
const timestampUnit = 1_000;
/** Not before the machine asked for its payment, whatever the machine's clock says. */
const madeAt = (timestamp: string | null, before: Order | undefined, cameAt: number): number =>
  Math.min(cameAt, Math.max(soldAt(timestamp, cameAt) + timestampUnit, before?.heardAt ?? 0));

/** The machine's own time where it can be true, else that of the message. */
function soldAt(timestamp: string | null, cameAt: number): number {
  const at = timestamp === null ? null : wireMoment(timestamp);
  if (at === null || at < earliest || at > cameAt + ahead) return cameAt;
  return Math.min(at, cameAt);
}
