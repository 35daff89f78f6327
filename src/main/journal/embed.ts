/** Parts of the journal that a tool runs in its own thread, on a journal file of its own or one that it only reads. */
export { usualSizes } from './index/sizes';
export { countFrames, type CountQuery } from './queries/count';
export { factsOf, newestEntry } from './queries/frames';
export { beginnings, marksOf, peersOf, scan, type ScanPage, type ScanQuery } from './queries/scan';
export type { Row } from './store/columns';
export { entryOf } from './store/entries';
export { isDamage } from './store/isDamage';
export type { Batch } from './store/journalStore';
export { openJournal } from './store/openJournal';
export { entryColumns } from './store/owners';
export { schemaState, schemaVersion } from './store/schema';
