import type { Order } from './machine';
import { joinedOrder } from './order';

/** Rows of the journal's history tables. Times are ms since 1970; `entry` ids are the evidence. */

/**
 * The end of a fault. machine: the machine cleared this code. clearerror: it cleared all. replaced: it set another one instead. login: it did not
 * repeat the fault after a login. restart: it restarted, which ends such a fault. forgotten: a person removed the machine from the list.
 * person: a person closed the fault with a note, although the machine has not cleared it.
 */
export type ClearedBy = 'machine' | 'clearerror' | 'replaced' | 'login' | 'restart' | 'forgotten' | 'person';

/** A fault from set to cleared. Its id is the journal entry that set it. */
export interface Fault {
  readonly id: number;
  readonly vmcNo: number;
  readonly code: string;
  readonly description: string | null;
  readonly setAt: number;
  readonly clearedAt: number | null;
  /** `null` with `clearedAt` set: no entry is evidence (`forgotten`). */
  readonly clearedEntry: number | null;
  readonly clearedBy: ClearedBy | null;
  /** How often it was set while active. */
  readonly times: number;
  readonly isFatal: boolean | null;
  readonly isPersistent: boolean | null;
}

/** The end of a page of faults: the next page continues with older ones. */
export type FaultCursor = Pick<Fault, 'setAt' | 'id'>;

/** A selection of faults, newest first. */
export interface FaultQuery {
  /** `null`: all machines. */
  readonly vmcNo: number | null;
  readonly activeOnly: boolean;
  /** Only this code in any spelling; absent or `null`: all codes. */
  readonly code?: string | null;
  /** Only faults that began in this span (ms, exclusive end); absent or `null`: any time. */
  readonly during?: { readonly from: number; readonly to: number } | null;
  /** Only older ones; `null`: from the newest. */
  readonly before: FaultCursor | null;
  readonly limit: number;
}

/** An order in the history: as in the machine's state, with its machine. */
export interface OrderRecord extends Order {
  readonly vmcNo: number;
  /** From a virtual machine, so not real money. */
  readonly isVirtual: boolean;
}

/** Only the newest of pending rows with this key counts. Later additions to an order (`isWhole` false) have their own key. */
export const orderKey = ({ vmcNo, entry, isWhole }: OrderRecord): string =>
  `${vmcNo} ${entry}${isWhole ? '' : ' later'}`;

/** Like `joinedOrder`. An order of a virtual machine remains not real money. */
export const joinedRecord = (known: OrderRecord, newer: OrderRecord): OrderRecord => ({
  ...joinedOrder(known, newer),
  isVirtual: known.isVirtual || newer.isVirtual,
});

/** Facts kept of every order, to recognise it again. */
export type KnownOrder = Pick<OrderRecord, 'vmcNo' | 'orderNo' | 'entry' | 'at' | 'doneTimes' | 'lastDone'>;

/** The end of a page of orders: the next page continues with earlier sales. */
export type OrderCursor = Pick<Order, 'at' | 'entry'>;

/** A span of sale times, with exclusive end. */
export interface OrderSpan {
  readonly from: number;
  readonly to: number;
}

/** The newest orders whose number contains this text, ignoring case. */
export interface OrderSearch {
  readonly text: string;
  readonly limit: number;
}

/** A selection of orders, newest sale first. */
export interface OrderQuery {
  readonly vmcNo: number | null;
  /** Only older ones; `null`: from the newest. */
  readonly before: OrderCursor | null;
  readonly limit: number;
  /** Only this span of time. */
  readonly during?: OrderSpan;
}

/** Number of orders per machine, without machines that have none. */
export type OrderCounts = Readonly<Record<number, number>>;
