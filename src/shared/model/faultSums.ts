/** What faults come to, by code and by day. Times are ms. */
import type { Platform } from './machineConfig';

export interface FaultSumsQuery {
  /** `null`: of all machines. */
  readonly vmcNo: number | null;
  /** By day: of this code alone; `null`: of all. */
  readonly code: string | null;
}

export interface CodeSum {
  /** As `errorKey` gives it. */
  readonly code: string;
  /** How many faults there were, and how often they were set. */
  readonly faults: number;
  readonly times: number;
  /** Of them not over yet. */
  readonly active: number;
  /** How long they lasted together, and the longest of them; those that are active until now. */
  readonly total: number;
  readonly longest: number;
  /** When the newest was set. */
  readonly last: number;
  readonly machines: number;
  /** Which flags came from which programs: the severity of a code is that of its most serious report. */
  readonly flags: readonly { readonly isFatal: boolean | null; readonly platform: Platform | null }[];
}

export interface DaySum {
  readonly from: number;
  /** The beginning of the next. */
  readonly to: number;
  /** That began on it. */
  readonly faults: number;
}

export interface FaultSums {
  /** When it was summed up. */
  readonly at: number;
  /** Most frequent first. */
  readonly codes: readonly CodeSum[];
  /** Codes that are not told of, each rarer than those that are. */
  readonly left: number;
  /** Newest first; days without any are left out. */
  readonly days: readonly DaySum[];
}
