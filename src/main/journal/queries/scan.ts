/** All entries that a filter accepts, oldest first, page by page. Exports use this. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { frameTest } from '#shared/filter/frames';
import type { Needs } from '#shared/filter/language/needs';
import type { ExportDamage } from '#shared/model/capture';
import type { Peer } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';
import { readPeer } from '#shared/model/stored/entry';
import { eachRow, rowsOf, type Row } from '../store/columns';
import { spanOf, whereOf } from '../index/conditions';
import type { StoredEntry } from '#shared/model/frame';
import { entryOf, isDamagedEntry } from '../store/entries';
import { factsOf } from './frames';
import { atOneMoment } from './reading';
import { usualSizes } from '../index/sizes';
import { TimesReader } from './timesOf';
import { WholeRead } from './wholeRead';
import { Originals } from '../store/originals';
import { entryColumns } from '../store/owners';
import type { Question } from '../index/verdicts';

/** Entries per read. */
const stride = 4_096;

export interface ScanQuery extends Question {
  /** Only these ids; `null`: all entries that the filter accepts. */
  readonly ids: readonly number[] | null;
}

export interface ScanPage {
  readonly entries: readonly StoredEntry[];
  /** Entries scanned so far, of all entries or of `ids`. */
  readonly scanned: number;
  /** Damage found with this page. */
  readonly damage: ExportDamage;
}

/** @throws Error if the filter is invalid. Callers parse it first. */
export function* scan(
  db: DatabaseSyncInstance,
  { filter, now, names, ids }: ScanQuery,
  marks: ReadonlyMap<number, Mark>,
): Generator<ScanPage> {
  const around = { names, marks, times: new TimesReader(db, usualSizes) };
  const test = frameTest(filter, now);
  if (!test.ok) throw new Error(`the filter can't be read at character ${test.error.at}`);
  const originals = new Originals(db);
  if (ids !== null) {
    const one = db.prepare(`SELECT ${entryColumns} FROM entries WHERE id = ?`);
    const sorted = ids.toSorted((a, b) => a - b);
    for (let from = 0; from < sorted.length; from += stride) {
      const wanted = sorted.slice(from, from + stride);
      const rows = wanted.flatMap((id) => rowsOf(one, id));
      const entries = rows
        .map((row) => originals.on(entryOf(row)))
        .filter((entry) => test.matches(factsOf(entry, around)));
      const missing = wanted.length - rows.length;
      yield { entries, scanned: Math.min(from + stride, sorted.length), damage: damageOf(entries, missing) };
    }
    return;
  }
  const needs = originals.needs(test.needs);
  const where = whereOf(needs);
  const rows = db.prepare(
    `SELECT ${entryColumns} FROM entries WHERE id > ? AND id <= ?${where.sql} ORDER BY id`,
  );
  const edge = db.prepare('SELECT id FROM entries WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?');
  const last = db.prepare('SELECT max(id) AS id FROM entries').get() as { readonly id: number | null };
  const missing = new MissingNear(db, needs);
  const page = (after: number): { readonly entries: readonly StoredEntry[]; readonly top: number } => {
    const next = edge.get(after, stride - 1) as { readonly id: number } | undefined;
    const top = next?.id ?? last.id ?? 0;
    const entries: StoredEntry[] = [];
    for (const row of eachRow(rows, after, top, ...where.values)) {
      const entry = originals.on(entryOf(row));
      if (test.matches(factsOf(entry, around))) entries.push(entry);
    }
    missing.look(after, top);
    return { entries, top };
  };
  let scanned = 0;
  for (let after = 0; after < (last.id ?? 0);) {
    const start = after;
    const { entries, top } = atOneMoment(db, () => page(start));
    scanned += stride;
    after = top;
    yield { entries, scanned, damage: damageOf(entries, missing.take()) };
  }
}

const damageOf = (entries: readonly StoredEntry[], missing: number): ExportDamage => ({
  damaged: entries.filter(isDamagedEntry).length,
  missing,
});

/** Missing entries among all entries that a filter's times and numbers include, whatever else it asks. */
class MissingNear {
  readonly #ids: StatementSyncInstance;
  readonly #row: StatementSyncInstance;
  readonly #oldest: StatementSyncInstance;
  readonly #whole: WholeRead;
  readonly #isNear: (row: Row) => boolean;
  /** During a recovery, rows are still added. */
  readonly #isOff: boolean;
  #before: Row | null = null;
  #count = 0;

  constructor(db: DatabaseSyncInstance, needs: Needs | null) {
    this.#ids = db.prepare('SELECT id, at FROM entries WHERE id > ? AND id <= ? ORDER BY id');
    this.#row = db.prepare('SELECT * FROM entries WHERE id = ?');
    this.#oldest = db.prepare('SELECT min(id) AS id FROM entries');
    this.#whole = new WholeRead(db, () => (this.#count += 1));
    const [ids, times] = [spanOf(needs, 'id'), spanOf(needs, 'at')];
    this.#isNear = ({ id, at }) =>
      ids.from <= Number(id) && Number(id) <= ids.to && times.from <= Number(at) && Number(at) <= times.to;
    this.#isOff =
      db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'salvages'`).get() === undefined ||
      db.prepare('SELECT 1 FROM salvages WHERE ended_at IS NULL').get() !== undefined;
  }

  look(after: number, top: number): void {
    if (this.#isOff) return;
    // The oldest entries may have been deleted meanwhile.
    if (Number((this.#oldest.get() as Row)['id']) > after) this.#before = null;
    let [rowsRead, near] = [0, 0];
    for (const row of eachRow(this.#ids, after, top)) {
      const before = this.#before;
      this.#before = row;
      rowsRead += 1;
      if (this.#isNear(row)) near += 1;
      else if (before === null || !this.#isNear(before)) continue;
      if (before === null || Number(row['id']) === Number(before['id']) + 1) continue;
      this.#whole.forget();
      for (const { id } of [before, row])
        for (const each of rowsOf(this.#row, Number(id))) this.#whole.next(each);
    }
    if (near > 0) this.#whole.ended(rowsRead, after + 1, top + 1);
  }

  /** Places since the last call. */
  take(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}

/**
 * Inserts the start of each connection before its first exported entry.
 * Otherwise readers would not know the machine or the two ends.
 */
export function beginnings(
  db: DatabaseSyncInstance,
): (entries: readonly StoredEntry[]) => readonly StoredEntry[] {
  const begun = new Set<number>();
  const opened = db.prepare(`SELECT ${entryColumns} FROM entries WHERE kind = 'opened' AND conn = ?`);
  const originals = new Originals(db);
  return (entries) =>
    entries.flatMap((entry) => {
      if (begun.has(entry.conn)) return [entry];
      begun.add(entry.conn);
      const row = entry.kind === 'opened' ? undefined : (opened.get(entry.conn) as Row | undefined);
      return row === undefined ? [entry] : [originals.on(entryOf(row)), entry];
    });
}

/** The two ends of each connection, by its number. */
export function peersOf(db: DatabaseSyncInstance): ReadonlyMap<number, Peer> {
  const rows = db.prepare(`SELECT conn, detail FROM entries WHERE kind = 'opened'`).all() as Row[];
  return new Map(
    rows.flatMap((row) => {
      const peer = readPeer(String(row['detail']));
      return peer === null ? [] : [[Number(row['conn']), peer] as const];
    }),
  );
}

export function marksOf(db: DatabaseSyncInstance): ReadonlyMap<number, Mark> {
  const rows = db.prepare('SELECT entry, marked, note FROM marks').all() as readonly {
    readonly entry: number;
    readonly marked: number;
    readonly note: string;
  }[];
  return new Map(rows.map(({ entry, marked, note }) => [entry, { entry, marked: marked !== 0, note }]));
}
