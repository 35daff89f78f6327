/** What a rule of the diagnosis said of a machine: one row from when it became true until it no longer was. Times are ms since 1970. */
import type { RuleName } from '../diagnosis/index';
import type { Params } from '../messages/row';

export interface Diagnosis {
  readonly id: number;
  readonly vmcNo: number;
  readonly rule: RuleName;
  readonly cause: string;
  readonly since: number;
  /** `null`: it is true. */
  readonly until: number | null;
  /** Entries that showed it last. */
  readonly evidence: readonly number[];
  readonly params: Params;
}

/** Which of one machine, newest first. */
export interface DiagnosisQuery {
  readonly vmcNo: number;
  readonly limit: number;
}
