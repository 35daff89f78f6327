/** Shown as Critical, Error, Warning and Info. `fatal`: the machine makes nothing. */
export type ErrorSeverity = 'fatal' | 'fault' | 'warning' | 'info';
