/** Statistics of faults by code and day. Times are ms. */
import type { Platform } from './machineSettings';

export interface FaultSumsQuery {
  /** `null`: all machines. */
  readonly vmcNo: number | null;
  /** Limits the days to this code; `null`: all codes. */
  readonly code: string | null;
}

export interface CodeSum {
  /** Result of `errorKey`. */
  readonly code: string;
  /** Number of faults, and how often they were set. */
  readonly faults: number;
  readonly times: number;
  /** Number of faults that are still active. */
  readonly active: number;
  /** Start of the first of them; `null`: none is active. */
  readonly activeSince: number | null;
  /** Total and longest duration. Active faults count until the time of calculation. */
  readonly total: number;
  readonly longest: number;
  /** Time of the newest one. */
  readonly last: number;
  readonly machines: number;
  /** Flags in the reports, with their programs. A code's severity is that of its most serious report. */
  readonly flags: readonly { readonly isFatal: boolean | null; readonly platform: Platform | null }[];
}

export interface DaySum {
  readonly from: number;
  /** Start of the next day. */
  readonly to: number;
  /** Number of faults that began on this day. */
  readonly faults: number;
}

export interface FaultSums {
  /** Time of calculation. */
  readonly at: number;
  /** Most frequent first. */
  readonly codes: readonly CodeSum[];
  /** Number of omitted codes, all rarer than the listed ones. */
  readonly left: number;
  /** Newest first, without empty days. */
  readonly days: readonly DaySum[];
}
