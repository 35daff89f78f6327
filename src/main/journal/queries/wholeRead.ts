/** Finds entries that a read does not give although they are, or were, in the journal. Lists and exports ask the same. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { MissingEntries } from '../store/checksum';
import type { Row } from '../store/columns';

export class WholeRead {
  readonly #between: StatementSyncInstance;
  readonly #onMissing: (id: number) => void;
  readonly #missing: MissingEntries;

  /** `onMissing`: once for each place. */
  constructor(db: DatabaseSyncInstance, onMissing: (id: number) => void) {
    this.#between = db.prepare('SELECT count(*) AS rows FROM entries WHERE id >= ? AND id < ?');
    this.#onMissing = onMissing;
    this.#missing = new MissingEntries(onMissing);
  }

  /** Every row, in either order. */
  next(row: Row): void {
    this.#missing.next(row);
  }

  /** Rows were skipped. */
  forget(): void {
    this.#missing.forget();
  }

  /** All rows from `from` below `top` were read. A damaged number misleads the search for a row, but not from both ends. */
  ended(rowsRead: number, from: number, top: number): void {
    const counted = this.#between.get(from, top) as { readonly rows: number };
    if (counted.rows !== rowsRead) this.#onMissing(top - 1);
  }
}
