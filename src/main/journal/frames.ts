/** Lists of frames out of the journal, by filter. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import type { Needs } from '#shared/filter/language/needs';
import type { Mark } from '#shared/model/journal';
import { readJson } from '../protocol/json';
import { candidateBlocks } from './blocks';
import type { Row } from './columns';
import { alternativesOf, spanOf, whereOf } from './conditions';
import { entryOf, textOf, type StoredEntry } from './entries';

export interface FrameQuery {
  readonly filter: FrameFilter;
  /** Only entries older than this id. */
  readonly before: number | null;
  readonly limit: number;
  /** What "two hours ago" is counted from, ms since 1970. */
  readonly now: number;
  /** Machines' names by number, as people gave them. */
  readonly names: Readonly<Record<number, string>>;
}
/** Newest first; `next` as in FramePage. */
export interface StoredPage {
  readonly entries: readonly StoredEntry[];
  readonly next: number | null;
}

/** ms spent in one go: the thread must stay free for what comes in. */
const budget = 40;

export function framePage(
  db: DatabaseSyncInstance,
  query: FrameQuery,
  marks: ReadonlyMap<number, Mark>,
): StoredPage {
  const { filter, limit, now, names } = query;
  const test = frameTest(filter, now);
  // The window and main have read it before: what can't be read shows nothing.
  if (!test.ok) return { entries: [], next: null };
  const where = whereOf(test.needs);
  const rows = db.prepare(
    `SELECT * FROM entries WHERE id >= ? AND id < ? AND kind IN ('frame', 'junk')${where.sql} ORDER BY id DESC`,
  );
  const newest = db.prepare('SELECT max(id) AS id FROM entries').get() as { readonly id: number | null };
  const below = Math.min(query.before ?? Infinity, (newest.id ?? 0) + 1);
  const entries: StoredEntry[] = [];
  const end = performance.now() + budget;
  for (const { from, top } of ranges(db, test.needs, below)) {
    for (const row of rows.iterate(from, top, ...where.values) as Iterable<Row>) {
      const entry = entryOf(row);
      if (!test.matches(factsOf(entry, names, marks))) continue;
      entries.push(entry);
      if (entries.length === limit) return { entries, next: entry.id };
    }
    if (performance.now() >= end) return { entries, next: from };
  }
  return { entries, next: null };
}

/** Spans of ids (`top` excluded) of one block's size at most that may hold what is looked for, newest first. */
function* ranges(
  db: DatabaseSyncInstance,
  needs: Needs | null,
  before: number,
): Generator<{ readonly from: number; readonly top: number }> {
  const { last } = db.prepare('SELECT max(last) AS last FROM blocks').get() as {
    readonly last: number | null;
  };
  const ids = spanOf(needs, 'id');
  const below = Math.min(before, ids.to + 1);
  // What is newer than the last block is less than one block.
  const from = (last ?? 0) + 1;
  if (below > from) yield { from, top: below };
  for (const block of candidateBlocks(db, alternativesOf(needs), { below, ...spanOf(needs, 'at') })) {
    if (block.last < ids.from) return;
    yield { from: block.first, top: Math.min(below, block.last + 1) };
  }
}

export function factsOf(
  entry: StoredEntry,
  names: FrameQuery['names'],
  marks: ReadonlyMap<number, Mark>,
): FilterFacts {
  const { id, at, conn, vmcNo, kind } = entry;
  const isFrame = entry.kind === 'frame';
  const text = textOf(entry);
  const mark = marks.get(id);
  return {
    id,
    at,
    conn,
    vmcNo,
    vmcName: vmcNo === null ? null : (names[vmcNo] ?? null),
    kind,
    dir: isFrame ? entry.dir : entry.kind === 'junk' ? 'in' : null,
    head: isFrame ? entry.head : null,
    sequence: isFrame ? entry.sequence : null,
    cmd: isFrame ? (entry.cmd?.trim() ?? null) : null,
    size: 'bytes' in entry ? entry.bytes.length : 0,
    text,
    findings: 'findings' in entry ? entry.findings : [],
    body: () => (isFrame ? readJson(text).json : null),
    mark: mark?.marked === true ? 'marked' : null,
    note: mark === undefined || mark.note === '' ? null : mark.note,
  };
}
