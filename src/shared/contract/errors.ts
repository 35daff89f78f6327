/** Errors a person may meet, by code. The window owns the words (texts `error.<code>`); bugs are not in this list. */
export const errorCodes = [
  'badArguments', // {verb, problem}: the window asked with wrong arguments
  'foreignSender', // the request did not come from our own page
  'unknownMachine', // {vmcNo}
  'machineOnline', // {vmcNo}: must be offline for this
  'machineOffline', // {vmcNo}
  'unknownFrame', // {id}: no longer kept
  'noJournal', // there is no history to ask: the journal could not be opened
  'listenFailed', // {host, port, reason}
  'noListener', // virtual machines need our listener
  'tooManyMachines', // {max}
  'internal', // {detail}
] as const;
export type ErrorCode = (typeof errorCodes)[number];
export interface AppError {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
}
