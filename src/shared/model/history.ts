import type { Order } from './machine';
import { joinedOrder } from './order';

/** Rows of the journal's history tables. Times are ms since 1970; `entry` ids are the evidence. */

/**
 * What ended a fault: the machine cleared this code, cleared everything, set another in its place, did not report it again after a
 * login, or restarted (and the fault does not survive one); or a person took the machine off the list, so that nobody watches it any more,
 * or closed it with a note, though the machine has not said that it is over.
 */
export type ClearedBy = 'machine' | 'clearerror' | 'replaced' | 'login' | 'restart' | 'forgotten' | 'person';

/** One fault from set to cleared. Its id is the journal entry that set it. */
export interface Fault {
  readonly id: number;
  readonly vmcNo: number;
  readonly code: string;
  readonly description: string | null;
  readonly setAt: number;
  readonly clearedAt: number | null;
  /** `null` with `clearedAt` set: no entry says so (`forgotten`). */
  readonly clearedEntry: number | null;
  readonly clearedBy: ClearedBy | null;
  /** How often it was set while active. */
  readonly times: number;
  readonly isFatal: boolean | null;
  readonly isPersistent: boolean | null;
}

/** Where a page of faults ended: the next one begins with what is older. */
export type FaultCursor = Pick<Fault, 'setAt' | 'id'>;

/** Which faults, newest first. */
export interface FaultQuery {
  /** `null`: of all machines. */
  readonly vmcNo: number | null;
  readonly activeOnly: boolean;
  /** Of this code alone, whatever its spelling; left out or `null`: of all. */
  readonly code?: string | null;
  /** That began within these times (ms), the end not included; left out or `null`: ever. */
  readonly during?: { readonly from: number; readonly to: number } | null;
  /** Only older ones; `null`: from the newest on. */
  readonly before: FaultCursor | null;
  readonly limit: number;
}

/** An order as the history keeps it: as the machine's state has it, and whose it is. */
export interface OrderRecord extends Order {
  readonly vmcNo: number;
  /** A virtual machine said so: it is no money. */
  readonly isVirtual: boolean;
}

/** Of rows that wait to be told or written only the newest counts; what was added to an order later (`isWhole` false) is one of its own. */
export const orderKey = ({ vmcNo, entry, isWhole }: OrderRecord): string =>
  `${vmcNo} ${entry}${isWhole ? '' : ' later'}`;

/** As `joinedOrder`; what was once of a virtual machine stays no money. */
export const joinedRecord = (known: OrderRecord, newer: OrderRecord): OrderRecord => ({
  ...joinedOrder(known, newer),
  isVirtual: known.isVirtual || newer.isVirtual,
});

/** What is remembered of every order, so that it is known again. */
export type KnownOrder = Pick<OrderRecord, 'vmcNo' | 'orderNo' | 'entry' | 'at' | 'doneTimes' | 'lastDone'>;

/** Where a page of orders ended: the next one begins with what was sold before. */
export type OrderCursor = Pick<Order, 'at' | 'entry'>;

/** Sold from then on, and before then. */
export interface OrderSpan {
  readonly from: number;
  readonly to: number;
}

/** Which orders, newest sale first. */
/** The newest orders with this text in their number, whatever its case. */
export interface OrderSearch {
  readonly text: string;
  readonly limit: number;
}

export interface OrderQuery {
  readonly vmcNo: number | null;
  /** Only older ones; `null`: from the newest on. */
  readonly before: OrderCursor | null;
  readonly limit: number;
  /** Of that time alone. */
  readonly during?: OrderSpan;
}

/** How many orders each machine has had; one that had none is not there. */
export type OrderCounts = Readonly<Record<number, number>>;
