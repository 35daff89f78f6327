/** Parts of the journal for tools, which run them in their own thread on their own file, or read only. */
export { usualSizes } from './index/sizes';
export { countFrames, type CountQuery } from './queries/count';
export { factsOf, newestEntry } from './queries/frames';
export { beginGroups, continueGroups, type GroupQuery } from './queries/groups';
export { machinesOf } from './queries/machinesOf';
export { TimesReader } from './queries/timesOf';
export { beginnings, marksOf, peersOf, scan, type ScanPage, type ScanQuery } from './queries/scan';
export type { Row } from './store/columns';
export { entryOf } from './store/entries';
export { isDamage } from './store/damaged';
export type { Batch } from './store/journalStore';
export { finishSetAside, openIntact, openJournal, setJournalAside } from './store/openJournal';
export { nameOfNumbers, Originals } from './store/originals';
export { entryColumns } from './store/owners';
export { schemaState, schemaVersion } from './store/schema';
