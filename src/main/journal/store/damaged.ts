/**
 * Rows that cannot be read as they were written. A changed byte must cost no more than its
 * row. The row moves to a table of its own, byte for byte, and is counted. Entries stay in
 * place because their bytes may be intact. The index is rebuilt.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { DamagedKind } from '#shared/model/journal';
import { ForeignSchema } from './schema';

/** SQLITE_CORRUPT and SQLITE_NOTADB: the file itself is the problem, not the disk or the permissions. */
const damageCodes = new Set([11, 26]);
/**
 * SQLITE_ERROR for a missing table or column. Crema writes both
 * statements and tables, so a changed bit has renamed one.
 */
const renamed = /^no such (?:table|column|index)\b|\bhas no column named\b/;

export function isDamage(error: unknown): boolean {
  if (error instanceof ForeignSchema) return true;
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  // The low byte is the code; the higher bytes extend it.
  const code = error.errcode & 0xff;
  return damageCodes.has(code) || (code === 1 && renamed.test(error.message));
}

/** The column kept of a row, and the column of its key. */
const rowOf = {
  machines: { key: 'vmc_no', row: 'state' },
  commands: { key: 'id', row: 'body' },
  orders: { key: 'id', row: 'body' },
  diagnoses: { key: 'id', row: 'body' },
  runs: { key: 'id', row: 'body' },
  run_lines: { key: 'id', row: 'body' },
  faults: {
    key: 'id',
    row: 'json_array(vmc_no, code, description, set_at, cleared_at, cleared_entry, cleared_by, times, is_fatal, is_persistent)',
  },
  marks: { key: 'entry', row: 'json_array(marked, note)' },
} as const satisfies Partial<Record<DamagedKind, { readonly key: string; readonly row: string }>>;
type Movable = keyof typeof rowOf;

/** `id`: the key of the row. */
export type OnDamaged = (kind: DamagedKind, id: number) => void;

export class DamagedRows {
  readonly #db: DatabaseSyncInstance;
  readonly #onFound: OnDamaged;
  readonly #known = new Set<string>();

  constructor(db: DatabaseSyncInstance, onFound: OnDamaged) {
    this.#db = db;
    this.#onFound = onFound;
  }

  /** Reports each row once. */
  found(kind: DamagedKind, id: number | bigint): void {
    const name = `${kind} ${id}`;
    if (this.#known.has(name)) return;
    this.#known.add(name);
    this.#onFound(kind, Number(id));
  }

  /** Call this outside a transaction and outside a statement that reads this table. */
  setAside(kind: Movable, ids: readonly (number | bigint)[]): void {
    for (const id of ids) {
      this.found(kind, id);
      this.#move(kind, id);
    }
  }

  #move(kind: Movable, id: number | bigint): void {
    const { key, row } = rowOf[kind];
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      this.#db
        .prepare(
          `INSERT INTO damaged (kind, id, found_at, row) SELECT ?, ${key}, ?, CAST(${row} AS BLOB) FROM ${kind} WHERE ${key} = ?`,
        )
        .run(kind, Date.now(), id);
      this.#db.prepare(`DELETE FROM ${kind} WHERE ${key} = ?`).run(id);
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      if (isDamage(error)) throw error;
      // The disk rejects the write: leave the row in place and skip it.
    }
  }
}
