import { DatabaseSync } from '@photostructure/sqlite';

/** Version of the SQLite library in use. */
export function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:');
  try {
    const row: unknown = database.prepare('SELECT sqlite_version() AS version').get();
    return (row as { readonly version: string }).version;
  } finally {
    database.close();
  }
}
