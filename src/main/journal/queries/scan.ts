/** All entries that a filter accepts, oldest first, page by page. Exports use this. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { frameTest } from '#shared/filter/frames';
import type { Peer } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';
import { readPeer } from '#shared/model/stored/entry';
import { eachRow, rowsOf, type Row } from '../store/columns';
import { whereOf } from '../index/conditions';
import type { StoredEntry } from '#shared/model/frame';
import { entryOf } from '../store/entries';
import { factsOf } from './frames';
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
}

/** @throws Error if the filter is invalid. Callers parse it first. */
export function* scan(
  db: DatabaseSyncInstance,
  { filter, now, names, ids }: ScanQuery,
  marks: ReadonlyMap<number, Mark>,
): Generator<ScanPage> {
  const test = frameTest(filter, now);
  if (!test.ok) throw new Error(`the filter can't be read at character ${test.error.at}`);
  if (ids !== null) {
    const one = db.prepare(`SELECT ${entryColumns} FROM entries WHERE id = ?`);
    const sorted = ids.toSorted((a, b) => a - b);
    for (let from = 0; from < sorted.length; from += stride) {
      const rows = sorted.slice(from, from + stride).flatMap((id) => rowsOf(one, id));
      const entries = rows.map(entryOf).filter((entry) => test.matches(factsOf(entry, names, marks)));
      yield { entries, scanned: Math.min(from + stride, sorted.length) };
    }
    return;
  }
  const where = whereOf(test.needs);
  const rows = db.prepare(
    `SELECT ${entryColumns} FROM entries WHERE id > ? AND id <= ?${where.sql} ORDER BY id`,
  );
  const edge = db.prepare('SELECT id FROM entries WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?');
  const last = db.prepare('SELECT max(id) AS id FROM entries').get() as { readonly id: number | null };
  let scanned = 0;
  for (let after = 0; after < (last.id ?? 0);) {
    const next = edge.get(after, stride - 1) as { readonly id: number } | undefined;
    const top = next?.id ?? last.id ?? 0;
    const entries: StoredEntry[] = [];
    for (const row of eachRow(rows, after, top, ...where.values)) {
      const entry = entryOf(row);
      if (test.matches(factsOf(entry, names, marks))) entries.push(entry);
    }
    scanned += stride;
    after = top;
    yield { entries, scanned };
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
  return (entries) =>
    entries.flatMap((entry) => {
      if (begun.has(entry.conn)) return [entry];
      begun.add(entry.conn);
      const row = entry.kind === 'opened' ? undefined : (opened.get(entry.conn) as Row | undefined);
      return row === undefined ? [entry] : [entryOf(row), entry];
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
