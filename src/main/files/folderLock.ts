/** One process at a time works in a data folder. The lock is the operating system's, so it ends with the process, however that ends. */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

export interface FolderLock {
  readonly release: () => void;
}

/** `null`: another process has it. @throws Error where the folder can't be written */
export function lockFolder(folder: string): FolderLock | null {
  // An empty database whose exclusive lock is held: Node has no other lock that works on all three systems.
  const database = new DatabaseSync(join(folder, 'crema.lock'));
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
