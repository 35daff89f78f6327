/** The journal's tables, and the check for them. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { summedColumns } from './checksum';
import type { Row } from './columns';

/** "Crma": marks a journal whose version is counted from 1. Older files have no such mark. */
const applicationId = 0x43_72_6d_61;
/** The version of the tables below. Files of another version are neither read nor changed. */
export const schemaVersion = 2;

/**
 * `detail`: columns without a place of their own, as JSON (peer, close reason,
 * findings). `checksum`: the row's checksum (checksum.ts). If the damaged header of a row ends
 * before this column, SQLite reads the default, which no row has.
 */
const tables = `
  CREATE TABLE entries (
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
    detail TEXT,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE INDEX entries_opened ON entries (conn) WHERE kind = 'opened';

  -- Machines of entries that were recorded before the login (owners.ts).
  CREATE TABLE owners (
    entry INTEGER PRIMARY KEY,
    vmc_no INTEGER NOT NULL,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE TABLE marks (
    entry INTEGER PRIMARY KEY,
    marked INTEGER NOT NULL,
    note TEXT NOT NULL,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE TABLE machines (
    vmc_no INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    state TEXT NOT NULL,
    checksum INTEGER DEFAULT -1
  ) STRICT;

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
    is_persistent INTEGER,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE INDEX faults_by_machine ON faults (vmc_no, set_at);
  CREATE INDEX faults_by_time ON faults (set_at);
  CREATE INDEX faults_active ON faults (set_at) WHERE cleared_at IS NULL;

  -- The body has the whole order or command; the other columns are for queries. A number belongs to one order forever.
  CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    vmc_no INTEGER NOT NULL,
    order_no TEXT NOT NULL,
    at INTEGER NOT NULL,
    done_times INTEGER NOT NULL,
    last_done INTEGER NOT NULL,
    body TEXT NOT NULL,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE UNIQUE INDEX orders_by_number ON orders (vmc_no, order_no);
  CREATE INDEX orders_by_machine ON orders (vmc_no, at, id);
  CREATE INDEX orders_by_time ON orders (at, id);
  CREATE TABLE commands (
    id INTEGER PRIMARY KEY,
    vmc_no INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE INDEX commands_by_machine ON commands (vmc_no, id);
  CREATE INDEX commands_open ON commands (id) WHERE state IN ('queued', 'sent');

  -- The index (../index) finds entries by machine, command, finding or text, without an SQL index that grows with the table.
  CREATE TABLE blocks (
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    shapes TEXT NOT NULL
  ) STRICT;
  CREATE TABLE tokens (
    part INTEGER NOT NULL,
    block INTEGER NOT NULL,
    bits BLOB NOT NULL,
    PRIMARY KEY (part, block)
  ) STRICT, WITHOUT ROWID;
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
  ) STRICT;`;

/**
 * Tables that a file of this version may lack:
 * - `damaged`: unreadable rows, byte for byte (damaged.ts)
 * - diagnoses of machines
 * - runs, with one line per machine and the whole record in `body`
 * - positions of the audit trail, kept forever
 * - `salvages`: damaged journals being recovered, and the progress (../salvage)
 * - `identity`: the journal's own name, one row
 * - `originals`: numbers of imported entries in the journal that recorded them (originals.ts)
 * - `measures`: numbers of the entries of each block (../index/measures.ts), and the answers to questions of earlier blocks
 */
const addedTables = `
  CREATE TABLE IF NOT EXISTS damaged (
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    row BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS diagnoses (
    id INTEGER PRIMARY KEY,
    vmc_no INTEGER NOT NULL,
    until INTEGER,
    body TEXT NOT NULL,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE INDEX IF NOT EXISTS diagnoses_by_machine ON diagnoses (vmc_no, id);
  CREATE INDEX IF NOT EXISTS diagnoses_open ON diagnoses (id) WHERE until IS NULL;
  CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY,
    ended_at INTEGER,
    body TEXT NOT NULL,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE TABLE IF NOT EXISTS run_lines (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    body TEXT NOT NULL,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE INDEX IF NOT EXISTS run_lines_by_run ON run_lines (run, id);
  CREATE TABLE IF NOT EXISTS audit_ends (
    n INTEGER PRIMARY KEY,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS salvages (
    file TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    lost_from INTEGER,
    lost_to INTEGER,
    lost_rows TEXT NOT NULL,
    last_entry INTEGER NOT NULL,
    last_conn INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS identity (
    one INTEGER PRIMARY KEY,
    name TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS originals (
    entry INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    number INTEGER NOT NULL,
    journal TEXT,
    checksum INTEGER DEFAULT -1
  ) STRICT;
  CREATE INDEX IF NOT EXISTS originals_by_number ON originals (number);
  CREATE TABLE IF NOT EXISTS measures (
    block INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS late_answers (
    question INTEGER PRIMARY KEY,
    answer INTEGER NOT NULL,
    latency INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS late_answers_by_answer ON late_answers (answer)`;

export type SchemaState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'ready' }
  /** `version`: as shown to users; files from before version 1 are 0.1 to 0.7. `null`: not a journal. */
  | { readonly kind: 'otherVersion'; readonly version: string | null };

/** Inspects the file without changing it. */
export function schemaState(db: DatabaseSyncInstance): SchemaState {
  const number = (sql: string): number => {
    const row = db.prepare(sql).get() as Row;
    return Number(Object.values(row)[0]);
  };
  const application = number('PRAGMA application_id');
  const version = number('PRAGMA user_version');
  if (application === applicationId)
    return version === schemaVersion ? { kind: 'ready' } : { kind: 'otherVersion', version: String(version) };
  if (application !== 0) return { kind: 'otherVersion', version: null };
  if (version !== 0) return { kind: 'otherVersion', version: `0.${version}` };
  return number('SELECT count(*) FROM sqlite_schema') === 0
    ? { kind: 'empty' }
    : { kind: 'otherVersion', version: null };
}

/** The file contains rules of others that change rows as they are written. Reported as damage (isDamage.ts). */
export class ForeignSchema extends Error {}

/** Constraints that Crema's tables never have. They change, refuse or skip written rows. */
const foreignRules = /\b(?:ON\s+CONFLICT|CHECK|GENERATED|COLLATE)\b/i;

/** Additional tables are harmless. @throws ForeignSchema */
export function refuseForeign(db: DatabaseSyncInstance): void {
  const made = db.prepare(
    `SELECT type, name, tbl_name AS on_table, ifnull(sql, '') AS sql FROM sqlite_schema`,
  );
  for (const row of made.all() as readonly Row[]) {
    const [type, name, table, text] = [row['type'], row['name'], row['on_table'], row['sql']].map(String);
    const isOurs = ourTables.has(table ?? '');
    if (
      type === 'trigger' ||
      type === 'view' ||
      (isOurs && type === 'table' && foreignRules.test(text ?? '')) ||
      (isOurs && type === 'index' && /\bUNIQUE\b/i.test(text ?? '') && !ourIndexes.has(name ?? ''))
    )
      throw new ForeignSchema(`${type} ${name}`);
  }
}
const namesIn = (form: RegExp): ReadonlySet<string> =>
  new Set([...(tables + addedTables).matchAll(form)].map(([, name = '']) => name));
const ourTables = namesIn(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g);
const ourIndexes = namesIn(/CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?(\w+)/g);

/** Creates the tables of a new file. */
export function createSchema(db: DatabaseSyncInstance): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(tables);
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Adds tables and the column `checksum` if the file lacks them. Rows stay as they are. A
 * missing data table counts as damage when it is read (isDamage.ts).
 */
export function addTables(db: DatabaseSyncInstance): void {
  db.exec(addedTables);
  const lacking = db.prepare(
    `SELECT value AS name FROM json_each(?) JOIN sqlite_schema AS made ON made.name = value
     WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info(value) AS held WHERE held.name = 'checksum')`,
  );
  for (const { name } of lacking.all(JSON.stringify(['entries', ...Object.keys(summedColumns)])) as Row[])
    db.exec(`ALTER TABLE ${String(name)} ADD COLUMN checksum INTEGER`);
}
