import { existsSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { setAside, type AsideOptions } from '../../files/setAside';
import { usualSizes, type Sizes } from '../index/sizes';
import type { OnDamaged } from './damaged';
import { isDamage } from './isDamage';
import { JournalStore, type LastNumbers } from './journalStore';
import { addTables, createSchema, schemaState, type SchemaState } from './schema';

export type Opened =
  | {
      readonly kind: 'open';
      readonly store: JournalStore;
      readonly last: LastNumbers;
      readonly damagedCopy: string | null;
    }
  | Extract<SchemaState, { kind: 'otherVersion' }>;

/** Opens or makes the journal. A damaged file is set aside; one of another version is left as it is. */
export function openJournal(
  file: string,
  sizes: Sizes = usualSizes,
  onDamaged: OnDamaged = () => undefined,
): Opened {
  let damagedCopy: string | null = null;
  for (;;) {
    let db: DatabaseSyncInstance | null = null;
    try {
      db = new DatabaseSync(file);
      // To be patient comes first: who closes the file at this moment holds it alone for a little.
      db.exec('PRAGMA busy_timeout = 5000');
      const state = schemaState(db);
      if (state.kind === 'otherVersion') {
        db.close();
        return state;
      }
      // The size of pages is that of a new file. What was written goes from the log into the file in large steps: each waits for the disk.
      db.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = 4000`);
      if (state.kind === 'empty') createSchema(db);
      addTables(db);
      const store = new JournalStore(db, sizes, onDamaged);
      return { kind: 'open', store, last: store.last(), damagedCopy };
    } catch (error) {
      db?.close();
      if (damagedCopy !== null || !isDamage(error) || !existsSync(file)) throw error;
      damagedCopy = setJournalAside(file, 'damaged');
    }
  }
}

/** Suffixes of the files SQLite keeps beside a journal. */
const companions = ['-wal', '-shm'] as const;

/** Of a file which nobody here has open. Returns where it is then. */
export function setJournalAside(file: string, why: AsideOptions['why']): string {
  return setAside(file, { why, now: Date.now(), companions });
}
