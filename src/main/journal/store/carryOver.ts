/** Rows that a new journal takes over from its predecessor. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { rowsOf, type Column, type Row } from './columns';

/** Needed when others moved or deleted the open file: open items and the last numbers used. */
const wanted = {
  commands: `state IN ('queued', 'sent') OR id = (SELECT max(id) FROM commands)`,
  diagnoses: 'until IS NULL OR id = (SELECT max(id) FROM diagnoses)',
  runs: 'ended_at IS NULL OR id = (SELECT max(id) FROM runs)',
  run_lines: `run IN (SELECT id FROM runs WHERE ended_at IS NULL) OR id = (SELECT max(id) FROM run_lines)`,
  faults: 'cleared_at IS NULL',
  machines: 'true',
  identity: 'one = 1',
} as const;
type Table = keyof typeof wanted;
const tables = Object.keys(wanted) as readonly Table[];

export type CarriedRows = Readonly<Partial<Record<Table, readonly Row[]>>>;

/** Skips unreadable rows. */
export function carriedRows(db: DatabaseSyncInstance): CarriedRows {
  return Object.fromEntries(
    tables.map((table) => {
      try {
        return [table, rowsOf(db.prepare(`SELECT * FROM ${table} WHERE ${wanted[table]}`))];
      } catch {
        return [table, []];
      }
    }),
  );
}

/** One transaction. */
export function carryOver(db: DatabaseSyncInstance, rows: CarriedRows): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const table of tables)
      for (const row of rows[table] ?? []) {
        const names = Object.keys(row);
        const places = names.map(() => '?').join(',');
        db.prepare(
          `INSERT OR ${table === 'identity' ? 'REPLACE' : 'IGNORE'} INTO ${table} (${names.join(',')}) VALUES (${places})`,
        ).run(...(Object.values(row) as Column[]));
      }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Rows of another file of the same journal that do not follow from the entries here: commands, marks, and older histories. A recovery of that file is over.
 */
const beyondEntries = `
  INSERT OR REPLACE INTO commands SELECT * FROM old.commands;
  INSERT OR REPLACE INTO marks SELECT * FROM old.marks;
  INSERT OR IGNORE INTO machines SELECT * FROM old.machines WHERE entry <= (SELECT max(id) FROM entries);
  INSERT OR IGNORE INTO faults SELECT * FROM old.faults WHERE id < (SELECT ifnull(min(id), 0) FROM entries);
  INSERT OR IGNORE INTO orders SELECT * FROM old.orders WHERE id < (SELECT ifnull(min(id), 0) FROM entries);
  INSERT OR IGNORE INTO salvages (file, position, saved, lost, lost_rows, last_entry, last_conn, ended_at)
    SELECT file, position, saved, lost, lost_rows, 0, 0, ifnull(ended_at, 0) FROM old.salvages;`;

/** Owners whose own evidence is missing here. */
const otherOwners = `FROM old.owners WHERE entry IN (SELECT id FROM entries WHERE vmc_no IS NULL)
  AND entry NOT IN (SELECT entry FROM owners)`;

/** One transaction, in which the index gets the new owners too. The other file must be closed. */
export function carryFrom(
  db: DatabaseSyncInstance,
  file: string,
  addOwners: (owners: readonly Row[]) => void,
): void {
  db.prepare('ATTACH DATABASE ? AS old').run(file);
  try {
    db.exec('BEGIN IMMEDIATE');
    const owners = rowsOf(db.prepare(`SELECT entry, vmc_no ${otherOwners}`));
    db.exec(`INSERT INTO owners SELECT * ${otherOwners}; ${beyondEntries}`);
    addOwners(owners);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  } finally {
    db.exec('DETACH DATABASE old');
  }
}
