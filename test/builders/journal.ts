/** Journals of tests. */
import { packEntries, type Recorded } from '../../src/main/journal/client/packed';
import type { Batch, JournalStore } from '../../src/main/journal/store/journalStore';
import { openJournal, type Opened } from '../../src/main/journal/store/openJournal';

/** A journal that must open. */
export function openedJournal(...asked: Parameters<typeof openJournal>): Extract<Opened, { kind: 'open' }> {
  const opened = openJournal(...asked);
  if (opened.kind !== 'open') throw new Error(opened.kind);
  return opened;
}
export const openStore = (...asked: Parameters<typeof openJournal>): JournalStore =>
  openedJournal(...asked).store;

interface Rows extends Partial<Omit<Batch, 'entries'>> {
  readonly entries?: readonly Recorded[];
}

/** A batch with these rows only. */
export const batchOf = ({ entries = [], ...rows }: Rows): Batch => ({
  entries: packEntries(entries),
  faults: [],
  orders: [],
  commands: [],
  machines: [],
  ...rows,
});

/** A new journal with entries only. Gives its path. */
export function writeJournal(file: string, entries: readonly Recorded[]): string {
  const store = openStore(file);
  store.append(batchOf({ entries }));
  store.close();
  return file;
}
