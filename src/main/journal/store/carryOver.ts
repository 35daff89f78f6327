/** Rows that a new journal needs when others moved or deleted the open one: open items and the last numbers used. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { rowsOf, type Column, type Row } from './columns';

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
