/** Opens a journal without changing, creating or deleting its file or the files beside it. */
import { existsSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** `isOpen`: a running Crema may be writing the file. @throws SQLite's errors */
export function openUnchanged(file: string, isOpen: boolean): DatabaseSyncInstance {
  const address = pathToFileURL(file);
  const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (!hasLog) {
    // Without `immutable`, SQLite creates a log for a file in WAL mode.
    address.searchParams.set('immutable', '1');
    return new DatabaseSync(address, { readOnly: true });
  }
  if (isOpen || existsSync(`${file}-shm`)) {
    // Reads the writers' shared memory. Without a writer, this process builds a private copy.
    address.searchParams.set('readonly_shm', '1');
    return new DatabaseSync(address, { readOnly: true });
  }
  // The log's writer is gone. Without locks, a single reader needs no shared-memory file.
  address.searchParams.set('vfs', process.platform === 'win32' ? 'win32-none' : 'unix-none');
  const db = new DatabaseSync(address, { readOnly: true });
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  return db;
}
