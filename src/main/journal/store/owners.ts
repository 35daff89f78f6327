/**
 * Attribution: entries recorded before the login are assigned to the machine afterwards. Such entries, above all the
 * start of a connection, stay as recorded. The machine number is stored in a table of its own and is searchable.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { summed } from './checksum';
import { rowsOf } from './columns';
import type { PackedReader } from '../client/packed';

/** Columns of entries for `entryOf`. `owner`: the row of the entry's owner. */
export const entryColumns = `entries.*, CASE WHEN vmc_no IS NULL THEN (SELECT json_object('entry', owner.entry,
  'vmc_no', owner.vmc_no, 'checksum', owner.checksum) FROM owners AS owner WHERE owner.entry = entries.id) END AS owner`;

/** Limits: connections without a number that are remembered, and entries of each. */
const maxConnections = 10_000;
const maxEntries = 64;

export class OwnerWriter {
  readonly #insert: StatementSyncInstance;
  readonly #addFact: (entry: number, vmcNo: number) => void;
  readonly #nameless = new Map<number, readonly number[]>();
  /** Remembered connections before the current uncommitted entries. */
  readonly #before = new Map<number, readonly number[] | undefined>();

  /** `addFact`: adds the machine to the index of an entry. */
  constructor(db: DatabaseSyncInstance, addFact: (entry: number, vmcNo: number) => void) {
    this.#insert = db.prepare('INSERT INTO owners (entry, vmc_no, checksum) VALUES (?,?,?)');
    this.#addFact = addFact;
    // Connections that may be open: the newest ones.
    const rows = rowsOf(
      db.prepare(`SELECT id, conn FROM entries WHERE kind = 'opened' AND vmc_no IS NULL
           AND NOT EXISTS (SELECT 1 FROM owners WHERE entry = entries.id) ORDER BY conn DESC LIMIT 1000`),
    );
    for (const row of rows.toReversed()) this.#nameless.set(Number(row['conn']), [Number(row['id'])]);
  }

  add({ id, conn, vmcNo, kind }: PackedReader): void {
    const known = this.#nameless.get(conn);
    if (!this.#before.has(conn)) this.#before.set(conn, known);
    if (vmcNo === null) {
      if (known !== undefined && known.length < maxEntries) this.#nameless.set(conn, [...known, id]);
      else if (kind === 'opened') this.#nameless.set(conn, [id]);
      if (this.#nameless.size > maxConnections) this.#forgetOldest();
    } else if (known !== undefined) {
      for (const entry of known) {
        this.#insert.run(...summed(entry, vmcNo));
        this.#addFact(entry, vmcNo);
      }
    }
    if (vmcNo !== null || kind === 'closed') this.#nameless.delete(conn);
  }

  /** The added entries were committed. */
  keep(): void {
    this.#before.clear();
  }

  /** The added entries were not written and will be added again. */
  undo(): void {
    for (const [conn, known] of this.#before) {
      if (known === undefined) this.#nameless.delete(conn);
      else this.#nameless.set(conn, known);
    }
    this.#before.clear();
  }

  #forgetOldest(): void {
    for (const conn of this.#nameless.keys()) {
      this.#nameless.delete(conn);
      return;
    }
  }
}
