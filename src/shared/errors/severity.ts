/** Shown as Critical, Error, Warning and Info. `fatal`: the machine is out of service. */
export type ErrorSeverity = 'fatal' | 'fault' | 'warning' | 'info';
