import type { ErrorSeverity, MachineStatus } from '#shared/model/machine';

/** The shape of an error's severity. */
export const severityShape: Readonly<Record<ErrorSeverity, MachineStatus>> = {
  fatal: 'fault',
  fault: 'warning',
  warning: 'warning',
  info: 'online',
};
