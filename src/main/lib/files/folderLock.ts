/**
 * Only one process works in a data folder at a time. The operating system
 * releases the lock when the process ends, however it ends.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

export interface FolderLock {
  readonly release: () => void;
}

/**
 * `null`: another process holds the lock. @throws Error if the folder is
 * not writable, or its file system has no locks
 */
export function lockFolder(folder: string): FolderLock | null {
  const file = join(folder, 'crema.lock');
  try {
    return lockFile(file);
  } catch (error) {
    // Not our lock file. It has no contents worth keeping.
    if (!/not a database/.test(String(error))) throw error;
    rmSync(file);
    return lockFile(file);
  }
}

function lockFile(file: string): FolderLock | null {
  // An empty database with an exclusive lock: Node has no other lock that works on all three systems.
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
