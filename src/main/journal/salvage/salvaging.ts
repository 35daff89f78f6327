/**
 * Copies entries of a damaged journal into the new one, in small steps and
 * oldest first, so that the index grows only at its end.
 */
import { dirname, join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { LostRows, Salvage } from '#shared/model/journal';
import { usualSizes } from '../index/sizes';
import { numberOrNull, type Row } from '../store/columns';
import { isEntryRow, largestLoss, rowInsert } from './begin';
import { attempt, TableLeaves, type Leaf } from './leaves';
import { DatabasePages } from './pages';
import { readPage, rowIn, type StoredRow } from './records';
import { rootsOf } from './tables';

/** Share of the progress for the search of pages. */
const scanShare = 0.2;

/** A row of the table `salvages`. Entries up to `position` are recovered. */
interface Place {
  readonly position: number;
  readonly saved: number;
  readonly lost: number;
  readonly lostFrom: number | null;
  readonly lostTo: number | null;
  /** Time of the last recovered entry. */
  readonly at: number | null;
}

export class Salvaging {
  readonly #db: DatabaseSyncInstance;
  readonly #file: string;
  readonly #upTo: number;
  readonly #lostRows: LostRows;
  readonly #insert: (row: StoredRow) => boolean;
  #pages: DatabasePages | null = null;
  #leaves: TableLeaves | null = null;
  #order: readonly Leaf[] | null = null;
  #next = 0;
  #place: Place;

  /** The unfinished recovery of this or an earlier launch; `null` if there is none. */
  static pending(db: DatabaseSyncInstance): Salvaging | null {
    const row = db
      .prepare('SELECT * FROM salvages WHERE ended_at IS NULL ORDER BY rowid DESC LIMIT 1')
      .get() as Row | undefined;
    return row === undefined ? null : new Salvaging(db, row);
  }

  private constructor(db: DatabaseSyncInstance, row: Row) {
    this.#db = db;
    this.#file = String(row['file']);
    this.#upTo = Number(row['last_entry']);
    this.#lostRows = JSON.parse(String(row['lost_rows'])) as LostRows;
    this.#insert = rowInsert(db, 'entries');
    this.#place = {
      position: Number(row['position']),
      saved: Number(row['saved']),
      lost: Number(row['lost']),
      lostFrom: numberOrNull(row['lost_from']),
      lostTo: numberOrNull(row['lost_to']),
      at: null,
    };
  }
  get position(): number {
    return this.#place.position;
  }

  /** Finds the pages until `until` (as performance.now()). Returns true when all are known. */
  findPages(until: number): boolean {
    if (this.#order !== null) return true;
    const pages = (this.#pages ??= this.#open());
    // A user moved the file away, and so still has its records.
    if (pages === null) {
      this.#order = [];
      return true;
    }
    this.#leaves ??= new TableLeaves(pages, rootsOf(pages).get('entries') ?? 0, isEntryRow);
    if (!this.#leaves.scan(until)) return false;
    this.#order = this.#leaves.inOrder();
    return true;
  }

  /** All readable entries are recovered. Call this after `findPages`. */
  get isFinished(): boolean {
    return this.#next >= (this.#order?.length ?? 0);
  }

  /**
   * Recovers about `limit` entries. Runs in a transaction. Returns a function
   * that undoes the step in memory if the transaction fails.
   */
  take(limit: number): () => void {
    const [place, next] = [this.#place, this.#next];
    const most = this.#place.saved + limit;
    while (!this.isFinished && this.#place.saved < most) {
      this.#takeLeaf();
      this.#next += 1;
    }
    if (this.isFinished) this.#passed(this.#upTo + 1, null);
    if (this.#pages === null) this.#place = { ...this.#place, lost: this.#place.lost + this.#notHere() };
    this.#write(null);
    return () => {
      this.#place = place;
      this.#next = next;
    };
  }

  /** Runs in a transaction. */
  end(): void {
    this.#write(Date.now());
  }

  close(): void {
    this.#pages?.close();
    this.#pages = null;
  }

  state(isOver: boolean): Salvage {
    const { saved, lost, lostFrom, lostTo } = this.#place;
    const taken = this.#order === null ? 0 : this.#next / Math.max(1, this.#order.length);
    const share = isOver ? 1 : scanShare * (this.#leaves?.share ?? 0) + (1 - scanShare) * taken;
    return { share, isOver, saved, lost, lostFrom, lostTo, lostRows: this.#lostRows };
  }

  #open(): DatabasePages | null {
    const folder = dirname(String(this.#db.location()));
    try {
      return new DatabasePages(join(folder, this.#file));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  #takeLeaf(): void {
    const leaf = this.#order?.[this.#next];
    const page = leaf === undefined || this.#pages === null ? null : readPage(this.#pages, leaf.page);
    if (page === null) return;
    const pages = this.#pages as DatabasePages;
    const rows = page.cells.map((cell) => attempt(() => rowIn(pages, page, cell)));
    const bound = Math.min(this.#upTo + 1, this.#order?.[this.#next + 1]?.id ?? Infinity);
    let isFirst = true;
    let isDamaged = rows.includes(null);
    rows.forEach((row, i) => {
      if (row === null) return;
      const { position } = this.#place;
      const next = rows[i + 1]?.id ?? Infinity;
      const isInOrder = row.id > position && row.id < bound && (next <= position || next > row.id);
      if (!isInOrder || !this.#insert(row)) {
        isDamaged = true;
        return;
      }
      const at = Number(row.values[1]);
      if (isFirst || isDamaged) this.#passed(row.id, at);
      isFirst = false;
      this.#place = { ...this.#place, position: row.id, saved: this.#place.saved + 1, at };
    });
  }

  /** Entries of a file that does not exist any more. */
  #notHere(): number {
    const { position } = this.#place;
    const { n } = this.#db
      .prepare('SELECT count(*) AS n FROM entries WHERE id > ? AND id <= ?')
      .get(position, this.#upTo) as { readonly n: number };
    const missing = this.#upTo - position - n;
    return missing > largestLoss ? 0 : missing;
  }

  /** Counts the entries between the last one and this one as lost. */
  #passed(id: number, at: number | null): void {
    const { position, lost, lostFrom } = this.#place;
    const missing = id - position - 1;
    // Entries that are too old are deleted in whole blocks.
    const isTooOld = position === 0 && missing >= usualSizes.block;
    if (isTooOld || missing <= 0 || missing > largestLoss) return;
    this.#place = {
      ...this.#place,
      lost: lost + missing,
      lostFrom: lostFrom ?? this.#place.at,
      lostTo: at,
    };
  }

  #write(endedAt: number | null): void {
    const { position, saved, lost, lostFrom, lostTo } = this.#place;
    this.#db
      .prepare(
        `UPDATE salvages SET position = ?, saved = ?, lost = ?, lost_from = ?, lost_to = ?, ended_at = ? WHERE file = ?`,
      )
      .run(position, saved, lost, lostFrom, lostTo, endedAt, this.#file);
  }
}
