/** A diagnosis of a machine: one row from its beginning to its end. Times are ms since 1970. */
import type { RuleName } from '../diagnosis/index';
import type { Params } from '../messages/row';

export interface Diagnosis {
  readonly id: number;
  readonly vmcNo: number;
  readonly rule: RuleName;
  readonly cause: string;
  readonly since: number;
  /** `null`: still true. */
  readonly until: number | null;
  /** The most recent evidence. */
  readonly evidence: readonly number[];
  readonly params: Params;
}

/** Diagnoses of one machine, newest first. */
export interface DiagnosisQuery {
  readonly vmcNo: number;
  readonly limit: number;
}
