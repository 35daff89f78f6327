/** One scale of severities for errors, diagnoses, findings and every other problem of a machine. */
import type { FindingSeverity } from '../findings';
import { errorSeverities, type ErrorSeverity } from './ownErrors';

/** 0: the most severe. */
export const severityRank = Object.fromEntries(
  errorSeverities.map((severity, rank) => [severity, rank]),
) as Readonly<Record<ErrorSeverity, number>>;

/** The severity of findings and diagnoses. Only an error of the machine itself can be critical. */
export const severityOfFinding: Readonly<Record<FindingSeverity, ErrorSeverity>> = {
  error: 'fault',
  warning: 'warning',
  info: 'info',
};

/** How serious a problem is, and whether the machine can sell in spite of it. */
export interface Rated {
  readonly severity: ErrorSeverity;
  /** `partly`: a part of the machine fails, but not all sales. */
  readonly selling: 'no' | 'doubtful' | 'partly' | 'yes';
}

/** 0: the worst, an integer. A problem that prevents sales comes first, then the severity decides. */
export const placeOf = ({ severity, selling }: Rated): number =>
  selling === 'no' ? 0 : 1 + 2 * severityRank[severity] + (selling === 'doubtful' ? 0 : 1);

/** Problems of equal rank stay in their order. */
export const worstFirst = <P extends Rated>(problems: readonly P[]): readonly P[] =>
  problems.toSorted((a, b) => placeOf(a) - placeOf(b));
