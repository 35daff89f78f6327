import type { FindingSeverity } from '#shared/findings';
import type { ErrorSeverity } from '#shared/model/machine';
import type { Shape } from '../text/shapes';

/** The shape of a severity: one scale for errors, diagnoses and findings. */
export const severityShape: Readonly<Record<ErrorSeverity | FindingSeverity, Shape>> = {
  fatal: 'fault',
  fault: 'error',
  error: 'error',
  warning: 'warning',
  info: 'info',
};

/** Most severe first. */
export const severityRank: Readonly<Record<ErrorSeverity | FindingSeverity, number>> = {
  fatal: 0,
  fault: 1,
  error: 1,
  warning: 2,
  info: 3,
};
