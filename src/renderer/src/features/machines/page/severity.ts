import type { FindingSeverity } from '#shared/findings';
import type { ErrorSeverity } from '#shared/model/machine';

/** Most severe first. */
export const severityRank: Readonly<Record<FindingSeverity | ErrorSeverity, number>> = {
  fatal: 0,
  error: 0,
  fault: 1,
  warning: 2,
  info: 3,
};
