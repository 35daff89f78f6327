/** Opens a journal so that neither it nor the files beside it are changed, made or deleted. */
import { existsSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** `isOpen`: a Crema may be writing it. @throws what SQLite says */
export function openUnchanged(file: string, isOpen: boolean): DatabaseSyncInstance {
  const address = pathToFileURL(file);
  const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (!hasLog) {
    // By itself SQLite would make a log to read a file that is meant to have one.
    address.searchParams.set('immutable', '1');
    return new DatabaseSync(address, { readOnly: true });
  }
  if (isOpen || existsSync(`${file}-shm`)) {
    // The memory its writers share is read, and where nobody writes made anew in this process alone.
    address.searchParams.set('readonly_shm', '1');
    return new DatabaseSync(address, { readOnly: true });
  }
  // A log whose writer is gone: alone, without locks, SQLite needs no shared memory beside it.
  address.searchParams.set('vfs', process.platform === 'win32' ? 'win32-none' : 'unix-none');
  const db = new DatabaseSync(address, { readOnly: true });
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  return db;
}
