import type { Platform } from './machineSettings';

/** A fact and the journal entry that proves it. */
export interface Evident<T> {
  readonly value: T;
  readonly at: number;
  readonly entry: number;
}

/** requested: QR text requested. paid, refused: payment result sent to the machine. made, failed: reported by productdone. */
type OrderState = 'requested' | 'paid' | 'refused' | 'made' | 'failed';

/** A payment result sent to a machine. */
export interface PaymentResult {
  /** Its frame and connection. */
  readonly entry: number;
  readonly conn: number;
  readonly paid: boolean;
  /** The machine's answer; `unknown`: an answer of unknown meaning. `null`: none yet. */
  readonly answer: 'done' | 'failed' | 'unknown' | null;
  /** The entry of the answer; `null`: unknown, recorded by an earlier version. */
  readonly answered: Evident<true> | null;
}

/** A repeated message: the first, the last, and their number. */
export interface Repeated {
  readonly times: number;
  readonly first: Evident<true>;
  readonly last: Evident<true>;
}

export interface Order {
  /** As received; for an order without a number, its substitute (`madeUpNumber`). */
  readonly orderNo: string;
  /** The entry that opened it. Together with the machine number, this is the order's id. */
  readonly entry: number;
  /** Time of sale: its own timestamp if plausible, otherwise the time of the first message. */
  readonly at: number;
  /** Time of the first message: machines store orders and send them days later [field]. */
  readonly heardAt: number;
  /** False: only the journal has its beginning (`joinedOrder` merges both). */
  readonly isWhole: boolean;
  readonly productId: number | null;
  readonly productName: string | null;
  /** fen */
  readonly amount: number | null;
  readonly payType: string | null;
  /** Payment type of its QR request (`all` or one); `null`: no QR request. */
  readonly qrType: string | null;
  /** Its QR requests, which a machine repeats until it gets a text. `null`: none, or recorded by an earlier version. */
  readonly asked: Repeated | null;
  /** Its questions whether it is paid (checkorder): the machine then shows the code and waits. */
  readonly checked: Repeated | null;
  /** QR texts sent, by payment type: the same order gets the same answer. */
  readonly qr: Readonly<Record<string, string>>;
  /** The first QR answer. */
  readonly answered: Evident<true> | null;
  /** Payment results sent for it, oldest first, at most 10. An answer names the order, but not which result it answers. */
  readonly told: readonly PaymentResult[];
  /** The last payment result sent for it (pay_done). */
  readonly payment: Evident<{ readonly paid: boolean; readonly payType: string }> | null;
  /** The machine's acknowledgement of the last payment result (paydone_r). */
  readonly acknowledged: Evident<true> | null;
  /** Its first productdone with `isok`. */
  readonly done: Evident<boolean> | null;
  readonly state: OrderState;
  /** A code or a sentence [field]. */
  readonly failReason: string | null;
  readonly recipe: string | null;
  /** Further members of its productdone about cups and canisters, under the machine's names. */
  readonly parts: Readonly<Record<string, string>>;
  /** Consumption: amounts by material, as received. */
  readonly consumed: Readonly<Record<string, string>>;
  /** The last report of the consumption (upordrecipe). */
  readonly used: Evident<true> | null;
  /** Number of productdone messages. */
  readonly doneTimes: number;
  /** The entry of the last one; 0: none. */
  readonly lastDone: number;
  /** Time of the last one; `null`: none, or recorded by an earlier version. */
  readonly lastDoneAt: number | null;
  /** The real server did not get the machine's last message about it, because of the relay. Absent: no relay. */
  readonly untold?: boolean;
  /** The last payment result is from the real server, not from Crema. */
  readonly paidByServer?: boolean;
  /** The frame that ordered it, sent by Crema or the real server. Absent: ordered by a customer. */
  readonly ordered?: Ordered;
}

/** A server's order to a machine. */
export interface Ordered {
  readonly at: number;
  readonly entry: number;
  readonly by: 'crema' | 'server';
}

/** The newest order with this number. */
export function orderOf(orders: readonly Order[], orderNo: string): Order | undefined {
  // Runs several times per message about an order; `findLast` takes three times as long.
  for (let at = orders.length - 1; at >= 0; at -= 1) if (orders[at]?.orderNo === orderNo) return orders[at];
  return undefined;
}

/** The state of an order: the drink's result, or else the payment result. */
export function orderState({ done, payment }: Pick<Order, 'done' | 'payment'>): OrderState {
  if (done !== null) return done.value ? 'made' : 'failed';
  if (payment !== null) return payment.value.paid ? 'paid' : 'refused';
  return 'requested';
}

/** [ours] ms after the last message of a sale in which more is expected. */
const saleTime = 5 * 60_000;

/** The last frame of a current sale, from the machine or to it. */
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

/** A customer is about to pay, or waits for the drink. */
export const isOpenSale = (order: Order, now: number): boolean =>
  order.done === null &&
  order.doneTimes === 0 &&
  order.state !== 'refused' &&
  // A clock that was set back must not keep it open.
  Math.abs(now - lastOfSale(order).at) < saleTime;

/** A customer's open order. A newer request replaces an unpaid one [field]. */
export function openSale(orders: readonly Order[], now: number): Order | undefined {
  const paid = orders.findLast((order) => order.state === 'paid' && isOpenSale(order, now));
  const asked = orders.findLast(({ qrType }) => qrType !== null);
  return paid ?? (asked !== undefined && isOpenSale(asked, now) ? asked : undefined);
}

/** Prefix of substitute numbers. Machines' numbers are trimmed, so they never begin with a space. */
const madeUp = ' ';

/**
 * The substitute number of a drink ordered without one [field]: its time and its product identify it, so repetitions remain one order.
 * Without a time, every message is a separate order.
 */
export const madeUpNumber = (timestamp: string | null, productId: number | null, entry: number): string =>
  timestamp === null ? `${madeUp}#${entry}` : `${madeUp}${timestamp} ${productId ?? ''}`;

export const isMadeUp = (orderNo: string): boolean => orderNo.startsWith(madeUp);

const maxResults = 10;

/** Merges payment results. For results in both lists, the newer facts count. */
export function mergedResults(
  known: readonly PaymentResult[],
  newer: readonly PaymentResult[],
): readonly PaymentResult[] {
  const earlier = known.filter(({ entry }) => !newer.some((one) => one.entry === entry));
  return [...earlier, ...newer].slice(-maxResults);
}

/**
 * The payment results that an answer on this connection may belong to. Without results on it: those of earlier connections. linux answers
 * only positive results [field].
 */
export function unanswered(
  { told }: Pick<Order, 'told'>,
  conn: number,
  platform: Platform | null,
): readonly PaymentResult[] {
  const hasResult = told.some((one) => one.conn === conn);
  return told.filter(
    ({ answer, paid, conn: on }) =>
      answer === null && (on === conn || !hasResult) && (paid || platform !== 'linux'),
  );
}

/** The machine's refusal of the last payment result; `null`: not refused, or acknowledged since. */
export const refusalOf = ({
  acknowledged,
  told,
}: Pick<Order, 'acknowledged' | 'told'>): PaymentResult | null => {
  const last = told.at(-1);
  return acknowledged === null && last?.answer === 'failed' ? last : null;
};

/** Adds a repetition; `null`: this entry is already counted, because entries are folded again after a crash. */
export function repeatedBy(
  known: Repeated | null,
  { at, id }: { readonly at: number; readonly id: number },
): Repeated | null {
  const now: Evident<true> = { value: true, at, entry: id };
  if (known === null) return { times: 1, first: now, last: now };
  return known.last.entry >= id ? null : { times: known.times + 1, first: known.first, last: now };
}

/** Merges known repetitions with later ones, which have their own count. */
const joinedRepeats = (known: Repeated | null, newer: Repeated | null): Repeated | null => {
  if (known === null || newer === null) return newer ?? known;
  if (newer.first.entry <= known.first.entry) return newer;
  if (newer.last.entry <= known.last.entry) return known;
  // An overlap may have been merged before: better one too few than one too many.
  const more = newer.first.entry > known.last.entry ? newer.times : 1;
  return { times: known.times + more, first: known.first, last: newer.last };
};

/** Merges the known facts of an order with later ones. */
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
    told: mergedResults(known.told, newer.told),
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
