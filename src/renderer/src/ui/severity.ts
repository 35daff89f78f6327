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
