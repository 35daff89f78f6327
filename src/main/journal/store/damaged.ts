/**
 * Rows that can't be read as what was written: one changed byte must not cost more than its row. It is moved to a table of its own,
 * byte for byte, and counted; entries stay where they are, as their bytes may be whole, and the index is computed again.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { DamagedKind } from '#shared/model/journal';
import { isDamage } from './isDamage';

/** What is kept of a row, and by which number it is found. */
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

/** By the number of its row. */
export type OnDamaged = (kind: DamagedKind, id: number) => void;

export class DamagedRows {
  readonly #db: DatabaseSyncInstance;
  readonly #onFound: OnDamaged;
  readonly #known = new Set<string>();

  constructor(db: DatabaseSyncInstance, onFound: OnDamaged) {
    this.#db = db;
    this.#onFound = onFound;
  }

  /** It is told once. */
  found(kind: DamagedKind, id: number | bigint): void {
    const name = `${kind} ${id}`;
    if (this.#known.has(name)) return;
    this.#known.add(name);
    this.#onFound(kind, Number(id));
  }

  /** Outside of a transaction, and of a statement that reads this table. */
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
      // The disk refuses: the row stays where it is, and is passed over.
    }
  }
}
