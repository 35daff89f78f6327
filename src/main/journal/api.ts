/** What other threads may use of the journal thread: its calls, and the client that asks them. */
export type { Calls, JournalQueries, OpenResult, ReadCall } from './client/calls';
export { keepOrder } from './client/changedRows';
export { JournalClient, type JournalClientOptions } from './client/journalClient';
export { JournalError } from './client/journalError';
export { JournalReader } from './client/journalReader';
export { JournalThread, ThreadSilent } from './client/journalThread';
export { EntryPacker, packEntries, unpacked, type PackedEntries } from './client/packed';
export type { Question } from './index/verdicts';
export type { OrderSumsRequest, PartialSums } from './queries/orderSums';
export type { LastNumbers } from './store/journalStore';
