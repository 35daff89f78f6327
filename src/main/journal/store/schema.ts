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
  // Orders and commands are kept whole in `body`; the other columns are what is asked for.
  `CREATE TABLE orders (
     id INTEGER PRIMARY KEY,
     vmc_no INTEGER NOT NULL,
     order_no TEXT NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX orders_by_machine ON orders (vmc_no, id);
   CREATE TABLE commands (
     id INTEGER PRIMARY KEY,
     vmc_no INTEGER NOT NULL,
     name TEXT NOT NULL,
     state TEXT NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX commands_by_machine ON commands (vmc_no, id);
   CREATE INDEX commands_open ON commands (id) WHERE state IN ('queued', 'sent');`,
  // What is found by machine, command, finding or text is found by blocks (blocks.ts): no index grows with the table.
  `DROP INDEX entries_by_machine;
   CREATE TABLE blocks (
     first INTEGER PRIMARY KEY,
     last INTEGER NOT NULL,
     first_at INTEGER NOT NULL,
     last_at INTEGER NOT NULL,
     counts TEXT NOT NULL
   ) STRICT;
   CREATE TABLE tokens (
     part INTEGER NOT NULL,
     block INTEGER NOT NULL,
     bits BLOB NOT NULL,
     PRIMARY KEY (part, block)
   ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE marks (
     entry INTEGER PRIMARY KEY,
     marked INTEGER NOT NULL,
     note TEXT NOT NULL
   ) STRICT;`,
  // Sets of closed segments lie by what is looked for (segments.ts), and each block knows of every entry what it is (shapes.ts).
  // Blocks made before this have no shapes, but `counts`, until they are brought up to date.
  `ALTER TABLE blocks ADD COLUMN shapes TEXT;
   CREATE INDEX blocks_older ON blocks (first) WHERE shapes IS NULL;
   CREATE INDEX entries_opened ON entries (conn) WHERE kind = 'opened';
   CREATE TABLE facts (
     block INTEGER PRIMARY KEY,
     ids TEXT,
     shapes BLOB NOT NULL,
     machines BLOB NOT NULL
   ) STRICT;
   CREATE TABLE numbers (
     place INTEGER PRIMARY KEY,
     vmc_no INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE segments (
     id INTEGER PRIMARY KEY,
     first INTEGER NOT NULL,
     last INTEGER NOT NULL,
     first_at INTEGER NOT NULL,
     last_at INTEGER NOT NULL,
     blocks TEXT NOT NULL
   ) STRICT;
   CREATE TABLE slices (
     id INTEGER PRIMARY KEY,
     bits BLOB NOT NULL
   ) STRICT;`,
  // Machines of entries that came before their connection had said its number (owners.ts).
  `CREATE TABLE owners (
     entry INTEGER PRIMARY KEY,
     vmc_no INTEGER NOT NULL
   ) STRICT;`,
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
