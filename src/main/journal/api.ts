/** The journal thread's interface for other threads: its calls and the client. */
export type { Calls, JournalName, JournalQueries, OpenResult, ReadCall } from './client/calls';
export { keepOrder } from './client/changedRows';
export { JournalClient, type JournalClientOptions } from './client/journalClient';
export { JournalError } from './client/journalError';
export { JournalReader } from './client/journalReader';
export { JournalThread, ThreadSilent } from './client/journalThread';
export {
  EntryPacker,
  lastIdOf,
  noEntries,
  numbersEach,
  packEntries,
  PackedReader,
  placesEach,
  unpacked,
  type PackedEntries,
  type ReadDetails,
} from './client/packed';
export { OriginalRuns } from './client/originalRuns';
export type { JournalIdentity, LastNumbers, PackedPage } from './store/journalStore';
export type { PackedQuery } from './store/packedPage';
