/** Inserts packed entries, many rows per statement: the overhead of a statement is half the cost of a row. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { entrySum } from './checksum';
import type { Column, Row } from './columns';
import { PackedReader, type PackedEntries } from '../client/packed';

/** Rows per statement. */
const rows = 32;
const columns = 13;
const row = `(${Array<string>(columns).fill('?').join(',')})`;

export class EntryInsert {
  readonly #one: StatementSyncInstance;
  readonly #many: StatementSyncInstance;
  readonly #newest: StatementSyncInstance;
  readonly #values: Column[] = Array<Column>(rows * columns).fill(null);

  constructor(db: DatabaseSyncInstance) {
    const into = `INSERT INTO entries (id, at, conn, vmc_no, kind, dir, head, sequence, cmd, body_start, bytes, detail, checksum) VALUES `;
    this.#one = db.prepare(into + row);
    this.#newest = db.prepare('SELECT max(id) AS id FROM entries');
    this.#many = db.prepare(into + Array<string>(rows).fill(row).join(','));
  }

  all(entries: PackedEntries): void {
    const values = this.#values;
    let at = 0;
    let previous = Number((this.#newest.get() as Row)['id'] ?? 0);
    for (const entry = new PackedReader(entries); entry.next();) {
      const isFrame = entry.kind === 'frame';
      values[at] = entry.id;
      values[at + 1] = entry.at;
      values[at + 2] = entry.conn;
      values[at + 3] = entry.vmcNo;
      values[at + 4] = entry.kind;
      values[at + 5] = entry.dir;
      values[at + 6] = entry.head;
      values[at + 7] = entry.sequence;
      values[at + 8] = entry.cmd;
      values[at + 9] = isFrame ? entry.bodyStart : null;
      values[at + 10] = entry.hasBytes ? entry.bytes : null;
      values[at + 11] = entry.detail;
      values[at + 12] = entrySum(entry, previous);
      previous = entry.id;
      at += columns;
      if (at < values.length) continue;
      this.#many.run(...values);
      at = 0;
    }
    for (let from = 0; from < at; from += columns) this.#one.run(...values.slice(from, from + columns));
  }
}
