import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { setAside, type AsideOptions } from '../../lib/files/setAside';
import { usualSizes, type Sizes } from '../index/sizes';
import { beginSalvage } from '../salvage/begin';
import { isDamage, type OnDamaged } from './damaged';
import { identityOf } from './identity';
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

/** Path of a damaged journal that was moved aside, until the new one is open. */
export interface DamagedFile {
  copy: string | null;
}

/**
 * Opens or creates the journal. A damaged file is moved aside and its records are recovered into a new one
 * (../salvage). A file of another version stays as it is. `aside`: the path of a damaged file moved aside
 * earlier; the next one is stored there too, because the new file may fail to open.
 */
export function openJournal(
  file: string,
  sizes: Sizes = usualSizes,
  onDamaged: OnDamaged = () => undefined,
  aside: DamagedFile = { copy: null },
): Opened {
  try {
    return openIntact(file, sizes, onDamaged, aside);
  } catch (error) {
    if (!isDamage(error) || !existsSync(file)) throw error;
    aside.copy = setJournalAside(file, 'damaged');
    return openIntact(file, sizes, onDamaged, aside);
  }
}

/** Like `openJournal`, but a damaged file stays at its path. @throws SQLite's errors */
export function openIntact(
  file: string,
  sizes: Sizes = usualSizes,
  onDamaged: OnDamaged = () => undefined,
  aside: DamagedFile = { copy: null },
): Opened {
  let db: DatabaseSyncInstance | null = null;
  try {
    db = new DatabaseSync(file);
    // Set the timeout first: a process that is closing the file holds an exclusive lock for a moment.
    db.exec('PRAGMA busy_timeout = 5000');
    const state = schemaState(db);
    if (state.kind === 'otherVersion') {
      db.close();
      return state;
    }
    refuseForeign(db);
    // The page size applies to new files. Checkpoints are large because each waits for the disk.
    db.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA wal_autocheckpoint = 4000`);
    if (state.kind === 'empty') createSchema(db);
    addTables(db);
    if (aside.copy !== null) beginSalvage(db, aside.copy);
    nameJournal(db);
    const store = new JournalStore(db, sizes, onDamaged);
    const { copy: damagedCopy } = aside;
    aside.copy = null;
    return { kind: 'open', store, last: store.last(), damagedCopy };
  } catch (error) {
    db?.close();
    throw error;
  }
}

/** Files of this journal carry its name, and reading only, none can be made. */
function nameJournal(db: DatabaseSyncInstance): void {
  try {
    identityOf(db);
  } catch (error) {
    // Only the name is damaged.
    if (!isDamage(error)) throw error;
  }
}

/** Opens a journal that another thread owns: nothing is written, and a damaged file stays. @throws SQLite's errors */
export function readJournal(file: string, sizes: Sizes, onDamaged: OnDamaged): Opened {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 5000');
    const state = schemaState(db);
    if (state.kind === 'empty') throw new Error('the journal is empty');
    if (state.kind === 'otherVersion') {
      db.close();
      return state;
    }
    refuseForeign(db);
    const store = new JournalStore(db, sizes, onDamaged);
    return { kind: 'open', store, last: store.last(), damagedCopy: null };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Suffixes of the files that SQLite keeps next to a journal. */
const companions = ['-wal', '-shm'] as const;

/** The file must not be open in this process. Returns its new path. */
export function setJournalAside(file: string, why: AsideOptions['why']): string {
  return setAside(file, { why, now: Date.now(), companions });
}

/** Completes `setJournalAside` after a kill: a log that stayed at the old path belongs to the copy. */
export function finishSetAside(file: string, copy: string): void {
  if (existsSync(file)) return;
  for (const suffix of companions)
    if (existsSync(file + suffix) && !existsSync(copy + suffix)) renameSync(file + suffix, copy + suffix);
}
