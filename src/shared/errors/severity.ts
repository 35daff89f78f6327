/** fatal: cannot sell; fault: a part fails; warning: soon; info. */
export type ErrorSeverity = 'fatal' | 'fault' | 'warning' | 'info';
