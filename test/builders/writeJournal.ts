import type { Entry } from '#shared/model/frame';
import { packEntries } from '../../src/main/journal/client/packed';
import { openJournal } from '../../src/main/journal/store/openJournal';

/** A new journal with entries only. Its other tables are empty. */
export function writeJournal(file: string, entries: readonly Entry[]): void {
  const opened = openJournal(file);
  if (opened.kind !== 'open') throw new Error(opened.kind);
  opened.store.append({
    entries: packEntries(entries),
    faults: [],
    orders: [],
    commands: [],
    machines: [],
  });
  opened.store.close();
}
