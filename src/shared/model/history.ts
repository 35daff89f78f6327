/** Rows of the journal's history tables. Times are ms since 1970; `entry` ids are the evidence. */

/** What ended a fault: the machine cleared this code, cleared everything, or restarted (and the fault does not survive one). */
export type ClearedBy = 'machine' | 'clearerror' | 'restart';

/** One fault from set to cleared. Its id is the journal entry that set it. */
export interface Fault {
  readonly id: number;
  readonly vmcNo: number;
  readonly code: string;
  readonly description: string | null;
  readonly setAt: number;
  readonly clearedAt: number | null;
  readonly clearedEntry: number | null;
  readonly clearedBy: ClearedBy | null;
  /** How often it was set while active. */
  readonly times: number;
  readonly isFatal: boolean | null;
  readonly isPersistent: boolean | null;
}
