/** Lists of frames out of the journal, by filter. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Finding } from '#shared/catalog/findings';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { PagePlace } from '#shared/model/frame';
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
  readonly place: PagePlace;
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

interface Range {
  readonly from: number;
  /** Not in it. */
  readonly top: number;
}

export function framePage(
  db: DatabaseSyncInstance,
  { filter, place, limit, now, names }: FrameQuery,
  marks: ReadonlyMap<number, Mark>,
): StoredPage {
  const test = frameTest(filter, now);
  // The window and main have read it before: what can't be read shows nothing.
  if (!test.ok) return { entries: [], next: null };
  const goesBack = place.after === undefined;
  const where = whereOf(test.needs);
  const rows = db.prepare(
    `SELECT * FROM entries WHERE id >= ? AND id < ?${where.sql}
     ORDER BY id ${goesBack ? 'DESC' : 'ASC'}`,
  );
  const newest = db.prepare('SELECT max(id) AS id FROM entries').get() as { readonly id: number | null };
  const end = (newest.id ?? 0) + 1;
  const span = goesBack
    ? { from: 0, top: Math.min(place.before ?? Infinity, end) }
    : { from: place.after + 1, top: end };
  const found: StoredEntry[] = [];
  const page = (next: number | null): StoredPage => ({
    entries: goesBack ? found : found.toReversed(),
    next,
  });
  const stop = performance.now() + budget;
  for (const { from, top } of ranges(db, test.needs, span, goesBack)) {
    for (const row of rows.iterate(from, top, ...where.values) as Iterable<Row>) {
      const entry = entryOf(row);
      if (!test.matches(factsOf(entry, names, marks))) continue;
      found.push(entry);
      if (found.length === limit) return page(entry.id);
    }
    if (performance.now() >= stop) return page(goesBack ? from : top - 1);
  }
  return page(null);
}

/** Spans of ids of one block's size at most that may hold what is looked for, in the order of reading. */
function* ranges(
  db: DatabaseSyncInstance,
  needs: Needs | null,
  { from, top }: Range,
  goesBack: boolean,
): Generator<Range> {
  const { last } = db.prepare('SELECT max(last) AS last FROM blocks').get() as {
    readonly last: number | null;
  };
  const ids = spanOf(needs, 'id');
  const low = Math.max(from, ids.from);
  const high = Math.min(top, ids.to + 1);
  // What is newer than the last block is less than one block.
  const rest = { from: Math.max(low, (last ?? 0) + 1), top: high };
  const blocks = candidateBlocks(
    db,
    alternativesOf(needs),
    { after: low - 1, below: high, ...spanOf(needs, 'at') },
    goesBack ? 'newestFirst' : 'oldestFirst',
  );
  if (goesBack && rest.from < rest.top) yield rest;
  for (const block of blocks) {
    const range = { from: Math.max(low, block.first), top: Math.min(high, block.last + 1) };
    if (range.from < range.top) yield range;
  }
  if (!goesBack && rest.from < rest.top) yield rest;
}

function findingsOf(entry: StoredEntry): readonly Finding[] {
  if (entry.kind === 'finding') return [entry.finding];
  return 'findings' in entry ? entry.findings : [];
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
    findings: findingsOf(entry),
    body: () => (isFrame ? readJson(text).json : null),
    mark: mark?.marked === true ? 'marked' : null,
    note: mark === undefined || mark.note === '' ? null : mark.note,
  };
}
