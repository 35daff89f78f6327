import { existsSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { setAside, type AsideOptions } from '../../lib/files/setAside';
import { usualSizes, type Sizes } from '../index/sizes';
import { beginSalvage } from '../salvage/begin';
import type { OnDamaged } from './damaged';
import { isDamage } from './isDamage';
import { JournalStore, type LastNumbers } from './journalStore';
import { addTables, createSchema, refuseForeign, schemaState, type SchemaState } from './schema';

export type Opened =
  | {
      readonly kind: 'open';
      readonly store: JournalStore;
      readonly last: LastNumbers;
      readonly damagedCopy: string | null;
    }
  | Extract<SchemaState, { kind: 'otherVersion' }>;

/** Where a damaged journal was put, until the new one is open. */
export interface DamagedFile {
  copy: string | null;
}

/**
 * Opens or makes the journal. A damaged file is set aside, and its records are brought back into a new one (../salvage); one of another version is left
 * as it is. `aside`: a damaged file that was set aside before, and where the next one is noted: a new one may not open at once.
 */
export function openJournal(
  file: string,
  sizes: Sizes = usualSizes,
  onDamaged: OnDamaged = () => undefined,
  aside: DamagedFile = { copy: null },
): Opened {
  for (let isFirst = true; ; isFirst = false) {
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
      refuseForeign(db);
      // The size of pages is that of a new file. What was written goes from the log into the file in large steps: each waits for the disk.
      db.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = 4000`);
      if (state.kind === 'empty') createSchema(db);
      addTables(db);
      if (aside.copy !== null) beginSalvage(db, aside.copy);
      const store = new JournalStore(db, sizes, onDamaged);
      const { copy: damagedCopy } = aside;
      aside.copy = null;
      return { kind: 'open', store, last: store.last(), damagedCopy };
    } catch (error) {
      db?.close();
      if (!isFirst || !isDamage(error) || !existsSync(file)) throw error;
      aside.copy = setJournalAside(file, 'damaged');
    }
  }
}

/** Suffixes of the files SQLite keeps beside a journal. */
const companions = ['-wal', '-shm'] as const;

/** Of a file which nobody here has open. Returns where it is then. */
export function setJournalAside(file: string, why: AsideOptions['why']): string {
  return setAside(file, { why, now: Date.now(), companions });
}
