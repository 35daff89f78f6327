import type { FindingSeverity } from '#shared/findings';
import type { ErrorSeverity, MachineStatus } from '#shared/model/machine';

/** The shape of an error's severity. */
export const severityShape: Readonly<Record<ErrorSeverity, MachineStatus>> = {
  fatal: 'fault',
  fault: 'warning',
  warning: 'warning',
  info: 'online',
};

/** The shape of a diagnosis; information has none. */
export const ruleShape: Readonly<Record<Exclude<FindingSeverity, 'info'>, MachineStatus>> = {
  error: 'fault',
  warning: 'warning',
};

/** Most severe first. */
export const severityRank: Readonly<Record<FindingSeverity | ErrorSeverity, number>> = {
  fatal: 0,
  error: 0,
  fault: 1,
  warning: 2,
  info: 3,
};
