/** One process at a time works in a data folder. The lock is the operating system's, so it ends with the process, however that ends. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

export interface FolderLock {
  readonly release: () => void;
}

/** `null`: another process has it. @throws Error where the folder can't be written, or its file system knows no locks */
export function lockFolder(folder: string): FolderLock | null {
  const file = join(folder, 'crema.lock');
  try {
    return lockFile(file);
  } catch (error) {
    // Nothing is kept in it: something else than a database has come there.
    if (!/not a database/.test(String(error))) throw error;
    rmSync(file);
    return lockFile(file);
  }
}

function lockFile(file: string): FolderLock | null {
  // An empty database whose exclusive lock is held: Node has no other lock that works on all three systems.
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    const code = error instanceof Error && 'sqliteCodeName' in error ? String(error.sqliteCodeName) : '';
    if (code.startsWith('SQLITE_BUSY') || /locked/.test(String(error))) return null;
    throw error;
  }
  return { release: () => database.close() };
}
