import { qrcode, qrcode_r } from '#shared/messages/qrcode';
import { seenBy } from '#shared/commands/kit/pricing';
import { mergedResults, orderOf, repeatedBy, unanswered } from '#shared/model/order';
import { checkorder, checkorder_r } from '#shared/messages/checkorder';
import { pay_done, paydone_r } from '#shared/messages/pay_done';
import { outcomeOf } from '#shared/commands/kit/sales';
import { atMost, mostQrTypes, withOrder } from '../orders';
import { isCut } from '../cut';
import { evident, on } from './on';

/** A QR request opens the order. A repetition is only counted. */
export const onQrcode = on(qrcode, (machine, { orderNo, productId, amount, qrType }, entry) => {
  if (orderNo === null) return null;
  const known = orderOf(machine.orders, orderNo);
  const asked = repeatedBy(known?.asked ?? null, entry);
  if (known !== undefined)
    return asked === null ? null : { orders: withOrder(machine.orders, orderNo, entry, { asked }) };
  return {
    orders: withOrder(machine.orders, orderNo, entry, { productId, amount, qrType: qrType ?? 'all', asked }),
    repricings: seenBy(machine, { entry: entry.id, productId, amount }),
  };
});

/** Remembers the QR text sent for each payment type. The newest one counts. */
export const onQrcodeAnswer = on(qrcode_r, ({ orders }, { orderNo, qrType, qrCode }, entry) => {
  const order = orderNo === null ? undefined : orderOf(orders, orderNo);
  if (order === undefined || qrType === null || qrCode === null) return null;
  const known = Object.hasOwn(order.qr, qrType) ? order.qr[qrType] : undefined;
  if (known === qrCode) return null;
  return {
    orders: withOrder(orders, order.orderNo, entry, {
      qr: atMost(mostQrTypes, Object.fromEntries([...Object.entries(order.qr), [qrType, qrCode]])),
      answered: order.answered ?? evident(true, entry),
    }),
  };
});

/** The machine asks whether an order is paid. Unknown orders are ignored. */
export const onCheckorder = on(checkorder, ({ orders }, { orderNo }, entry) => {
  const order = orderNo === null ? undefined : orderOf(orders, orderNo);
  const checked = repeatedBy(order?.checked ?? null, entry);
  return order === undefined || checked === null
    ? null
    : { orders: withOrder(orders, order.orderNo, entry, { checked }) };
});

/**
 * A question about an order was answered "paid". Crema itself only repeats a reported payment; a real server may report it here first.
 * "Not paid" adds nothing, because the payment may still follow.
 */
export const onCheckorderAnswer = on(checkorder_r, ({ orders }, { orderNo, isPaid, payType }, entry) => {
  const order = orderNo === null ? undefined : orderOf(orders, orderNo);
  if (order === undefined || isPaid !== true || order.payment?.value.paid === true) return null;
  return {
    orders: withOrder(orders, order.orderNo, entry, {
      payType: payType ?? order.payType,
      payment: evident({ paid: true, payType: payType ?? '' }, entry),
      // The relay may set this again.
      ...(order.paidByServer !== undefined && { paidByServer: false }),
    }),
  };
});

/** A payment result sent to the machine. */
export const onPayDone = on(pay_done, ({ orders }, { orderNo, amount, isPaid, payType }, entry) => {
  if (orderNo === null || isPaid === null || payType === null) return null;
  const known = orderOf(orders, orderNo);
  return {
    orders: withOrder(orders, orderNo, entry, {
      amount: known?.amount ?? amount,
      payType,
      told: mergedResults(known?.told ?? [], [
        { entry: entry.id, conn: entry.conn, paid: isPaid, answer: null, answered: null },
      ]),
      payment: evident({ paid: isPaid, payType }, entry),
      acknowledged: null,
      // The relay may set this again. A payment made there remains, whatever is reported later.
      ...(known?.paidByServer !== undefined && {
        paidByServer: known.paidByServer && known.payment?.value.paid === true,
      }),
    }),
  };
});

/**
 * The machine has the payment result, unless it refuses the result or names no order: such an answer may belong to any order.
 * Answers about the same order arrive in sequence, so the last result is acknowledged when no earlier one is unanswered.
 */
export const onPaydoneAnswer = on(paydone_r, ({ orders, platform }, { orderNo, status }, entry) => {
  const order = orders.findLast((one) => one.payment !== null && one.orderNo === orderNo);
  if (order === undefined) return null;
  // The missing part may contain the refusal.
  if (isCut(entry)) return null;
  const [first, ...left] = unanswered(order, entry.conn, platform);
  const outcome = outcomeOf(status);
  const isHeard = order.acknowledged === null && left.length === 0 && outcome !== 'failed';
  const answered =
    first === undefined
      ? []
      : [{ ...first, answer: outcome ?? 'unknown', answered: evident<true>(true, entry) } as const];
  if (!isHeard && answered.length === 0) return null;
  return {
    orders: withOrder(orders, order.orderNo, entry, {
      told: order.told.map((one) => answered.find((now) => now.entry === one.entry) ?? one),
      acknowledged: isHeard ? evident(true, entry) : order.acknowledged,
    }),
  };
});
