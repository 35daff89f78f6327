/**
 * The first step of a recovery: copies everything but the entries, which are many and follow later
 * (salvaging.ts). Of the entries, it copies the newest ones, which no machine state includes yet.
 */
import { basename } from 'node:path';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { LostRows } from '#shared/model/journal';
import type { Column, Row } from '../store/columns';
import { attempt, leavesOf } from './leaves';
import { DatabasePages } from './pages';
import { idIn, keyIn, rowIn, type Page, type StoredRow } from './records';
import { rootsOf } from './tables';

const counted = [
  'machines',
  'commands',
  'orders',
  'faults',
  'diagnoses',
  'runs',
  'run_lines',
  'marks',
] as const satisfies readonly (keyof LostRows)[];
const uncounted = ['owners', 'audit_ends', 'damaged', 'identity'] as const;

const entryColumns = 13;
/** Rows written before checksums existed lack the last column. */
const isWhole = (values: readonly Column[], columns: number): boolean =>
  values.length === columns || values.length === columns - 1;
export const isEntryRow = ({ values }: StoredRow): boolean =>
  isWhole(values, entryColumns) && typeof values[4] === 'string';
/** Longer gaps are not losses: a journal that cannot be opened for a while skips such numbers. */
export const largestLoss = 10_000_000;
/** `aside`: the file that was moved aside. Does nothing if its recovery has begun. One transaction. */
export function beginSalvage(db: DatabaseSyncInstance, aside: string): void {
  const file = basename(aside);
  if (db.prepare('SELECT 1 FROM salvages WHERE file = ?').get(file) !== undefined) return;
  const pages = new DatabasePages(aside);
  db.exec('BEGIN IMMEDIATE');
  try {
    const roots = rootsOf(pages);
    const lostRows: Partial<Record<keyof LostRows, number | null>> = {};
    for (const name of [...counted, ...uncounted]) {
      const lost = carryOver(db, pages, name, roots.get(name) ?? 0);
      if (lost !== 0 && isCounted(name)) lostRows[name] = lost;
    }
    const newest = newestNumbers(pages, roots);
    if (!newest.isKnown) lostRows.entries = null;
    const checkpoint = Number((db.prepare('SELECT max(entry) AS n FROM machines').get() as Row)['n'] ?? 0);
    // Without machine states all entries are folded again later. Otherwise copy the
    // newest now: its time is the end of the previous launch.
    const after = Math.min(checkpoint, newest.entry - 1);
    const tail = checkpoint === 0 ? [] : entriesAfter(pages, roots.get('entries') ?? 0, after);
    const insert = rowInsert(db, 'entries');
    for (const row of tail) insert(row);
    db.prepare(
      `INSERT INTO salvages (file, position, saved, lost, lost_rows, last_entry, last_conn) VALUES (?,0,0,?,?,?,?)`,
    ).run(
      file,
      unfinished(pages, roots.get('salvages') ?? 0),
      JSON.stringify(lostRows),
      newest.entry,
      newest.conn,
    );
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  } finally {
    pages.close();
  }
}

function isCounted(name: string): name is (typeof counted)[number] {
  return counted.some((one) => one === name);
}

/** Returns the number of unreadable rows; `null`: unknown, because a page is unreadable. */
function carryOver(
  db: DatabaseSyncInstance,
  pages: DatabasePages,
  name: string,
  root: number,
): number | null {
  const insert = rowInsert(db, name);
  let lost = 0;
  let isCountKnown = true;
  for (const page of leavesOf(pages, root)) {
    if (page === null) {
      isCountKnown = false;
      continue;
    }
    for (const cell of page.cells) {
      const row = attempt(() => rowIn(pages, page, cell));
      if (row !== null && insert(row)) continue;
      lost += 1;
      const id = attempt(() => idIn(page, cell));
      // The number is never used again. The bytes remain in the file that was moved aside.
      if (id !== null && isCounted(name))
        db.prepare(`INSERT INTO damaged (kind, id, found_at, row) VALUES (?,?,?,x'')`).run(
          name,
          id,
          Date.now(),
        );
    }
  }
  return isCountKnown ? lost : null;
}

/** Returns false for rows of another table. Of two rows with the same key the first stays. */
export function rowInsert(db: DatabaseSyncInstance, table: string): (row: StoredRow) => boolean {
  const keys = db.prepare(`PRAGMA table_info(${table})`).all() as readonly Row[];
  const columns = keys.length;
  const hasChecksum = keys.at(-1)?.['name'] === 'checksum';
  const key = keys.findIndex(({ pk }) => pk === 1);
  const insert: StatementSyncInstance = db.prepare(
    `INSERT OR IGNORE INTO ${table} VALUES (${Array<string>(columns).fill('?').join(',')})`,
  );
  const name = keys[key]?.['name'];
  const there = typeof name === 'string' ? db.prepare(`SELECT 1 FROM ${table} WHERE ${name} = ?`) : null;
  return ({ id, values }) => {
    if (hasChecksum ? !isWhole(values, columns) : values.length !== columns) return false;
    const whole = Array.from({ length: columns }, (_, i): Column => values[i] ?? null);
    if (key >= 0) whole[key] = id;
    try {
      // SQLite also ignores a value of the wrong type. In that case the row does not exist.
      return insert.run(...whole).changes > 0 || there?.get(id) !== undefined;
    } catch (error) {
      if (!isOtherKind(error)) throw error;
      return false;
    }
  };
}

/** SQLITE_CONSTRAINT: the column does not accept a value of this type. */
function isOtherKind(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' && (code & 0xff) === 19;
}

/** Entries of an earlier damaged journal whose recovery was not complete. */
function unfinished(pages: DatabasePages, root: number): number {
  let entries = 0;
  for (const page of leavesOf(pages, root))
    for (const { values } of page === null ? [] : rowsIn(pages, page)) {
      const [, position, , , , , , last, , endedAt] = values;
      if (typeof position === 'number' && typeof last === 'number' && endedAt === null)
        entries += last - position;
    }
  return entries > largestLoss ? 0 : entries;
}

/** Reads back to the first leaf that contains an older entry. */
function entriesAfter(pages: DatabasePages, root: number, after: number): readonly StoredRow[] {
  const rows: StoredRow[] = [];
  for (const page of leavesOf(pages, root, 'newestFirst')) {
    const found = page === null ? [] : rowsIn(pages, page);
    const newer = found.filter((row) => row.id > after && isEntryRow(row));
    rows.push(...newer.toReversed());
    if (newer.length < found.length) break;
  }
  return rows.toReversed();
}

function rowsIn(pages: DatabasePages, page: Page): readonly StoredRow[] {
  return page.cells.flatMap((cell) => attempt(() => rowIn(pages, page, cell)) ?? []);
}

/** The last numbers used. If they are unreadable, numbers that were certainly never used. `isKnown`: that of the entry. */
function newestNumbers(
  pages: DatabasePages,
  roots: ReadonlyMap<string, number>,
): { readonly entry: number; readonly conn: number; readonly isKnown: boolean } {
  const leafOf = (name: string): Page | null => {
    for (const leaf of leavesOf(pages, roots.get(name) ?? 0, 'newestFirst')) return leaf;
    return null;
  };
  const newest = leafOf('entries');
  const entry = newest === null ? undefined : rowsIn(pages, newest).at(-1)?.id;
  // There is an index of connection starts, and connections are numbered in that order.
  const index = leafOf('entries_opened');
  const key = index === null ? [] : (attempt(() => keyIn(pages, index, index.cells.at(-1) ?? 0)) ?? []);
  const conn = typeof key[0] === 'number' ? key[0] : undefined;
  // A file with only the header page has no entries.
  const now = pages.count < 2 ? 0 : Date.now();
  return { entry: entry ?? now, conn: conn ?? now, isKnown: entry !== undefined || now === 0 };
}
