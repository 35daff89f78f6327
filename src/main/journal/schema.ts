/** The journal's tables. Every change of them is one more migration at the end of the list; old ones are never edited. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** `detail` holds, as JSON, what the other columns don't: peer, close reason, findings. */
const migrations: readonly string[] = [
  `CREATE TABLE entries (
     id INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     conn INTEGER NOT NULL,
     vmc_no INTEGER,
     kind TEXT NOT NULL,
     dir TEXT,
     head TEXT,
     sequence INTEGER,
     cmd TEXT,
     body_start INTEGER,
     bytes BLOB,
     detail TEXT
   ) STRICT;
   CREATE INDEX entries_by_machine ON entries (vmc_no, id);
   CREATE TABLE faults (
     id INTEGER PRIMARY KEY,
     vmc_no INTEGER NOT NULL,
     code TEXT NOT NULL,
     description TEXT,
     set_at INTEGER NOT NULL,
     cleared_at INTEGER,
     cleared_entry INTEGER,
     cleared_by TEXT,
     times INTEGER NOT NULL,
     is_fatal INTEGER,
     is_persistent INTEGER
   ) STRICT;
   CREATE INDEX faults_by_machine ON faults (vmc_no, set_at);
   CREATE TABLE machines (
     vmc_no INTEGER PRIMARY KEY,
     entry INTEGER NOT NULL,
     state TEXT NOT NULL
   ) STRICT;`,
  `CREATE INDEX faults_by_time ON faults (set_at);
   CREATE INDEX faults_active ON faults (set_at) WHERE cleared_at IS NULL;`,
];

/** The schema this program writes. */
export const schemaVersion = migrations.length;

export type SchemaState =
  | { readonly kind: 'ready'; readonly migratedFrom: number | null }
  /** Written by a newer Crema: left alone. */
  | { readonly kind: 'newer'; readonly version: number };

export function prepareSchema(db: DatabaseSyncInstance): SchemaState {
  const row = db.prepare('PRAGMA user_version').get() as { readonly user_version: number };
  const version = row.user_version;
  if (version > schemaVersion) return { kind: 'newer', version };
  for (let next = version; next < schemaVersion; next += 1) {
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(migrations[next] ?? '');
      db.exec(`PRAGMA user_version = ${next + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
  return { kind: 'ready', migratedFrom: version === schemaVersion || version === 0 ? null : version };
}
