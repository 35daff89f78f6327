/** Decides which `productdone` belongs to a drink ordered by Crema: customers buy the same products meanwhile. */
import { wireMoment } from '../../messages/common';
import { orderOfDrink } from '../../messages/productdone';
import { momentOf, type Moment } from '../../model/machineClock';
import { plainWay } from '../../model/payTypes';
import { hasStep } from './given';
import { minute } from './inputs';
import { drinkDone } from './sales';
import { unproved } from './unproved';
import { failed, isAtOnce, notMine, step, type About, type BodyNamed, type Verdict } from './verdict';

type Done = BodyNamed<'productdone'>;
type Ordered = About<{ readonly productId: number }>;

/** ms [ours] in which an ordered drink begins and ends. Only its record may arrive later. */
export const madeWithin = 5 * minute;
/** [ours] ms that an unmeasured machine clock may be ahead. */
const clockAhead = 2_000;

/** android's reasons to refuse a free drink [field]. */
const refusals: ReadonlySet<string | null> = new Set([
  'Z0022', // cannot be made
  'Z0023', // management screen
  'Z0024', // making a drink
  'Z0025', // a fault
  'Z0026', // another task
  'Z0027', // a customer is ordering
  'Z0028', // a material is lacking
]);

const isSentAgain = (done: Done, { before, at }: Ordered): boolean =>
  before !== null && (orderOfDrink(done, before, at)?.doneTimes ?? 0) > 0;

const aboutDrink = ({ productId, orderNo }: Done) => ({ productId: productId ?? 0, orderNo: orderNo ?? '' });

/**
 * linux has one order number, which `products` overwrites [field]: a customer's drink that ends afterwards carries ours. So the product and
 * the payment type must match too. In free mode our drink has another number.
 */
export function linuxDrink(
  done: Done,
  about: Ordered,
): Verdict<'drinkMade' | 'drinkFailed' | 'otherDrink' | 'freeDrink'> {
  const { isOk, orderNo, payType, productId } = done;
  if (isOk === null || isSentAgain(done, about)) return notMine;
  const isProduct = productId === about.input.productId;
  if (orderNo !== about.command.sessionId)
    return isProduct && isOk && plainWay(payType) === 'free' ? step('freeDrink', aboutDrink(done)) : notMine;
  // For an unknown product the machine may report none.
  const isOurs = isProduct || (!isOk && (productId ?? 0) === 0);
  return isOurs && plainWay(payType) === 'fastcode'
    ? drinkDone(done, failed)
    : step('otherDrink', { ...aboutDrink(done), payType: payType ?? '' });
}

const wholeSecond = (ms: number): number => ms - (ms % 1_000);

/** Start time: android's order numbers begin with it, by the machine's clock [field]. */
function beganAt({ orderNo }: Done, { at, before }: Ordered): Moment | null {
  const shown = wireMoment(orderNo?.slice(0, 14) ?? '');
  return shown === null ? null : momentOf(before?.clock ?? [], shown, { at, mayBeAhead: clockAhead });
}

/** Whether a drink ordered at `sentAt` can have begun at that time. */
const mayBegin = ({ from, to }: Moment, sentAt: number): boolean =>
  to >= wholeSecond(sentAt) && from <= sentAt + madeWithin;

/** The drink began on the connection of the command, where no other server can order. */
const beganHere = ({ from }: Moment, { command: given, conn, before }: Ordered): boolean =>
  conn === given.conn && before?.link.status === 'online' && from >= before.link.since;

/** Whether the operator's server ordered this product from a relayed machine at about the same time: no report distinguishes the two. */
const isContested = ({ before, command: { sentAt }, input: { productId } }: Ordered): boolean =>
  before?.brews.some(
    (brew) =>
      brew.by === 'server' &&
      brew.productId === productId &&
      Math.abs(brew.at - (sentAt ?? brew.at)) < madeWithin,
  ) ?? false;

/**
 * android makes an ordered drink under its own order number [field]. The drink is ours if the product matches, it was ordered remotely and
 * began after the command. The start time is in the number, or is the machine's acceptance, which never occurs while it makes a drink.
 */
export function androidDrink(
  done: Done,
  about: Ordered,
): Verdict<'drinkMade' | 'drinkFailed' | 'drinkEarlier' | 'drinkSometime' | 'drinkOfServer'> {
  const { command: given, conn, input } = about;
  const { sentAt } = given;
  if (done.isOk === null || sentAt === null || done.productId !== input.productId) return notMine;
  if (plainWay(done.payType) !== 'remoteproduction' || isSentAgain(done, about)) return notMine;
  if (isContested(about)) return step('drinkOfServer', aboutDrink(done));
  const isLive = done.isStored !== true && (done.resendTimes ?? 0) === 0 && conn === given.conn;
  if (isLive && refusals.has(done.failReason) && isAtOnce(about)) return drinkDone(done, failed);
  const isAccepted = hasStep(given, 'accepted');
  const earlier = unproved(given, 'drinkEarlier');
  const began = beganAt(done, about);
  if (began === null)
    return isLive && isAccepted && earlier.length === 0
      ? drinkDone(done, failed)
      : step('drinkSometime', aboutDrink(done));
  const mayBeEarlier = earlier.some((one) => mayBegin(began, one));
  if (!mayBegin(began, sentAt)) return mayBeEarlier ? step('drinkEarlier', aboutDrink(done)) : notMine;
  const isAfter = began.from >= wholeSecond(sentAt);
  if (mayBeEarlier && !(isAfter && isAccepted)) return step('drinkEarlier', aboutDrink(done));
  return isAfter || isAccepted || beganHere(began, about)
    ? drinkDone(done, failed)
    : step('drinkSometime', aboutDrink(done));
}
