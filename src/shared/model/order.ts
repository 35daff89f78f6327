import type { Platform } from './machineConfig';

/** A statement and the journal entry it follows from. */
export interface Evident<T> {
  readonly value: T;
  readonly at: number;
  readonly entry: number;
}

/**
 * requested: a QR text was asked for. paid, refused: we told the machine so. made, failed: its productdone said so.
 */
type OrderState = 'requested' | 'paid' | 'refused' | 'made' | 'failed';

/** A payment result that a machine was told. */
export interface Telling {
  /** Its frame, and the connection it went out on. */
  readonly entry: number;
  readonly conn: number;
  readonly paid: boolean;
  /** What the machine answered; `unknown`: nobody knows what that means. `null`: nothing yet. */
  readonly answer: 'done' | 'failed' | 'unknown' | null;
  /** Where it said so; `null`: not known of one that an earlier version kept. */
  readonly answered: Evident<true> | null;
}

/** A message that machines send again: when it came first and last, and how often. */
export interface Repeated {
  readonly times: number;
  readonly first: Evident<true>;
  readonly last: Evident<true>;
}

export interface Order {
  /** As the machine wrote it; of an order without one, what it is told apart by (`madeUpNumber`). */
  readonly orderNo: string;
  /** The entry that opened it; with the machine number it is the order's id. */
  readonly entry: number;
  /** When it was sold: by its own timestamp where that can be true, else when it was first heard of. */
  readonly at: number;
  /** When it was first heard of: machines store orders and send them days later [field]. */
  readonly heardAt: number;
  /** False: its beginning is in the journal only (`joinedOrder` puts both together). */
  readonly isWhole: boolean;
  readonly productId: number | null;
  readonly productName: string | null;
  /** fen */
  readonly amount: number | null;
  readonly payType: string | null;
  /** The payment type its QR request named (`all` or one); `null`: no QR text was asked for. */
  readonly qrType: string | null;
  /** Its QR requests: a machine asks again until it gets a text. `null`: none, or only an earlier version knew. */
  readonly asked: Repeated | null;
  /** Its questions whether it is paid (checkorder): by then the machine shows the code and waits. */
  readonly checked: Repeated | null;
  /** QR texts given out, by payment type: the same order gets the same answer. */
  readonly qr: Readonly<Record<string, string>>;
  /** Our first QR answer. */
  readonly answered: Evident<true> | null;
  /** Payment results sent for it, oldest first, at most 10: an answer names the order, not which of them it answers. */
  readonly told: readonly Telling[];
  /** The last payment result sent for it (pay_done). */
  readonly payment: Evident<{ readonly paid: boolean; readonly payType: string }> | null;
  /** The machine's acknowledgement of the last payment result (paydone_r). */
  readonly acknowledged: Evident<true> | null;
  /** Its first productdone with `isok`. */
  readonly done: Evident<boolean> | null;
  readonly state: OrderState;
  /** A code, or a sentence [field]. */
  readonly failReason: string | null;
  readonly recipe: string | null;
  /** What else its productdone said of cups and canisters, under the machine's own names. */
  readonly parts: Readonly<Record<string, string>>;
  /** What it consumed: material to amount, as the machine wrote it. */
  readonly consumed: Readonly<Record<string, string>>;
  /** Where the machine said so last (upordrecipe). */
  readonly used: Evident<true> | null;
  /** How often its productdone came. */
  readonly doneTimes: number;
  /** The entry of the last one; 0: none came. */
  readonly lastDone: number;
  /** When that one came; `null`: none did, or only an earlier version knew. */
  readonly lastDoneAt: number | null;
  /** The machine's last word of it did not reach its real server, which the relay has. Left out: there was no relay. */
  readonly untold?: boolean;
  /** The last payment result was that server's word, not Crema's. */
  readonly paidByServer?: boolean;
  /** The frame that ordered it, sent by Crema or by the machine's real server. Left out: a customer ordered it. */
  readonly ordered?: Ordered;
}

/** An order that a server gave to a machine. */
export interface Ordered {
  readonly at: number;
  readonly entry: number;
  readonly by: 'crema' | 'server';
}

/** The newest order with this number. */
export function orderOf(orders: readonly Order[], orderNo: string): Order | undefined {
  // Several times for each message about an order: `findLast` costs three times as much.
  for (let at = orders.length - 1; at >= 0; at -= 1) if (orders[at]?.orderNo === orderNo) return orders[at];
  return undefined;
}

/** How far an order has come: what the machine said of the drink, else what it was told of the payment. */
export function orderState({ done, payment }: Pick<Order, 'done' | 'payment'>): OrderState {
  if (done !== null) return done.value ? 'made' : 'failed';
  if (payment !== null) return payment.value.paid ? 'paid' : 'refused';
  return 'requested';
}

/** [ours] ms after the last word of a sale in which more is to come of it. */
const saleTime = 5 * 60_000;

/** The last frame of the machine or of ours about a sale that goes on. */
export function lastOfSale({
  entry,
  heardAt,
  asked,
  checked,
  answered,
  payment,
}: Order): Pick<Evident<unknown>, 'at' | 'entry'> {
  const frames = [asked?.last, checked?.last, answered, payment].flatMap((one) => one ?? []);
  return frames.reduce((last, one) => (one.at > last.at ? one : last), { at: heardAt, entry });
}

/** Somebody stands before the machine and is about to pay, or waits for the drink. */
export const isOpenSale = (order: Order, now: number): boolean =>
  order.done === null &&
  order.doneTimes === 0 &&
  order.state !== 'refused' &&
  // A clock that was set back does not keep it open.
  Math.abs(now - lastOfSale(order).at) < saleTime;

/** The order that a customer has open. A newer request takes the place of one that is not paid [field]. */
export function openSale(orders: readonly Order[], now: number): Order | undefined {
  const paid = orders.findLast((order) => order.state === 'paid' && isOpenSale(order, now));
  const asked = orders.findLast(({ qrType }) => qrType !== null);
  return paid ?? (asked !== undefined && isOpenSale(asked, now) ? asked : undefined);
}

/** Before what is made up: a machine's own number never begins with a space, since it is read without those. */
const madeUp = ' ';

/**
 * A drink may be ordered without a number [field]: its own time and its product tell it apart, and it stays one order however
 * often it is sent. Without a time every message is an order of its own.
 */
export const madeUpNumber = (timestamp: string | null, productId: number | null, entry: number): string =>
  timestamp === null ? `${madeUp}#${entry}` : `${madeUp}${timestamp} ${productId ?? ''}`;

export const isMadeUp = (orderNo: string): boolean => orderNo.startsWith(madeUp);

const tellingsKept = 10;

/** What was told and what more was; of one that is in both, what is known now. */
export function tellings(known: readonly Telling[], newer: readonly Telling[]): readonly Telling[] {
  const earlier = known.filter(({ entry }) => !newer.some((one) => one.entry === entry));
  return [...earlier, ...newer].slice(-tellingsKept);
}

/**
 * Those that an answer on this connection may be to: where it was told nothing on it, any of earlier ones. linux answers only that somebody
 * paid [field].
 */
export function unanswered(
  { told }: Pick<Order, 'told'>,
  conn: number,
  platform: Platform | null,
): readonly Telling[] {
  const isTold = told.some((one) => one.conn === conn);
  return told.filter(
    ({ answer, paid, conn: on }) =>
      answer === null && (on === conn || !isTold) && (paid || platform !== 'linux'),
  );
}

/** The machine's refusal of the payment result that it was told last; `null`: it refused none, or has taken note since. */
export const refusalOf = ({ acknowledged, told }: Pick<Order, 'acknowledged' | 'told'>): Telling | null => {
  const last = told.at(-1);
  return acknowledged === null && last?.answer === 'failed' ? last : null;
};

/** With one more; `null`: this entry is among them already, as entries are folded again after a crash. */
export function repeatedBy(
  known: Repeated | null,
  { at, id }: { readonly at: number; readonly id: number },
): Repeated | null {
  const now: Evident<true> = { value: true, at, entry: id };
  if (known === null) return { times: 1, first: now, last: now };
  return known.last.entry >= id ? null : { times: known.times + 1, first: known.first, last: now };
}

/** What was known and what came later, which is counted from its own beginning. */
const joinedRepeats = (known: Repeated | null, newer: Repeated | null): Repeated | null => {
  if (known === null || newer === null) return newer ?? known;
  if (newer.first.entry <= known.first.entry) return newer;
  if (newer.last.entry <= known.last.entry) return known;
  // Which of them were put together before is not known: rather one too few than one too many.
  const more = newer.first.entry > known.last.entry ? newer.times : 1;
  return { times: known.times + more, first: known.first, last: newer.last };
};

/** One order out of what was known of it and what came later. */
export function joinedOrder<O extends Order>(known: O, newer: O): O {
  if (newer.isWhole && newer.entry === known.entry) return newer;
  const done = known.done ?? newer.done;
  const payment = newer.payment ?? known.payment;
  return {
    ...newer,
    entry: known.entry,
    at: known.at,
    heardAt: known.heardAt,
    isWhole: known.isWhole,
    productId: newer.productId ?? known.productId,
    productName: newer.productName ?? known.productName,
    amount: newer.amount ?? known.amount,
    payType: newer.payType ?? known.payType,
    qrType: known.qrType ?? newer.qrType,
    asked: joinedRepeats(known.asked, newer.asked),
    checked: joinedRepeats(known.checked, newer.checked),
    qr: { ...known.qr, ...newer.qr },
    answered: known.answered ?? newer.answered,
    told: tellings(known.told, newer.told),
    payment,
    ...(newer.payment === null && known.paidByServer !== undefined && { paidByServer: known.paidByServer }),
    ...(newer.ordered === undefined && known.ordered !== undefined && { ordered: known.ordered }),
    acknowledged: newer.payment === null ? (newer.acknowledged ?? known.acknowledged) : newer.acknowledged,
    done,
    state: orderState({ done, payment }),
    failReason: newer.failReason ?? known.failReason,
    recipe: newer.recipe ?? known.recipe,
    parts: { ...known.parts, ...newer.parts },
    consumed: { ...known.consumed, ...newer.consumed },
    doneTimes: Math.max(known.doneTimes, newer.doneTimes),
    used: newer.used ?? known.used,
    lastDone: Math.max(known.lastDone, newer.lastDone),
    lastDoneAt: newer.lastDone >= known.lastDone ? (newer.lastDoneAt ?? known.lastDoneAt) : known.lastDoneAt,
  };
}
