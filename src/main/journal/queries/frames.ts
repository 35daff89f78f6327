/** Lists of frames by filter. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { frameTest } from '#shared/filter/frames';
import { directionOf, findingsOf, machineOf, numberOf, type PagePlace } from '#shared/model/frame';
import type { FilterFacts } from '#shared/filter/language/facts';
import type { Mark } from '#shared/model/journal';
import { readJson } from '../../core/protocol/json';
import { eachRow, rowsOf, type Row } from '../store/columns';
import { whereOf } from '../index/conditions';
import type { StoredEntry } from '#shared/model/frame';
import { entryOf, textOf } from '../store/entries';
import { Originals } from '../store/originals';
import { entryColumns } from '../store/owners';
import { atOneMoment, BlockMatcher, stretches } from './reading';
import { answerState } from '#shared/model/timing';
import { TimesReader, type EntryTimes } from './timesOf';
import { WholeRead } from './wholeRead';
import type { Sizes } from '../index/sizes';
import { Judge, type Question } from '../index/verdicts';

export interface FrameQuery extends Question {
  readonly place: PagePlace;
  readonly limit: number;
}
/** Newest first; `next` as in FramePage. */
export interface StoredPage {
  readonly entries: readonly StoredEntry[];
  readonly next: number | null;
}

/** ms per call: the thread must stay free for incoming data. */
export const budget = 40;

export function framePage(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  query: FrameQuery,
  marks: ReadonlyMap<number, Mark>,
  onMissing: (id: number) => void = () => undefined,
): StoredPage {
  return atOneMoment(db, () => pageOf(db, sizes, query, marks, onMissing));
}

function pageOf(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  query: FrameQuery,
  marks: ReadonlyMap<number, Mark>,
  onMissing: (id: number) => void,
): StoredPage {
  const { filter, place, limit, now, names } = query;
  const test = frameTest(filter, now);
  // The window and main have already parsed the filter. An invalid filter accepts nothing.
  if (!test.ok) return { entries: [], next: null };
  const goesBack = place.after === undefined;
  const originals = new Originals(db);
  const needs = originals.needs(test.needs);
  const where = whereOf(needs);
  const rows = db.prepare(
    `SELECT ${entryColumns} FROM entries WHERE id >= ? AND id < ?${where.sql}
     ORDER BY id ${goesBack ? 'DESC' : 'ASC'}`,
  );
  const end = newestEntry(db) + 1;
  const span = goesBack
    ? { from: 0, top: Math.min(place.before ?? Infinity, end) }
    : { from: place.after + 1, top: end };
  const found: StoredEntry[] = [];
  const page = (next: number | null): StoredPage => ({
    entries: goesBack ? found : found.toReversed(),
    next,
  });
  const stop = performance.now() + budget;
  const around = { names, marks, times: new TimesReader(db, sizes) };
  const matcher = new BlockMatcher(db, sizes, new Judge(test, query, marks), around.times);
  const whole = new WholeRead(db, onMissing);
  const beside = entryBeside(db, place);
  if (beside !== undefined) whole.next(beside);
  const order = goesBack ? 'newestFirst' : 'oldestFirst';
  for (const stretch of stretches(db, sizes, needs, span, order)) {
    const ranges = matcher.ranges(stretch);
    const [first] = ranges;
    const isWhole = where.sql === '' && first?.from === stretch.from && first.top === stretch.top;
    if (!isWhole) whole.forget();
    for (const { from, top } of goesBack ? ranges.toReversed() : ranges) {
      let rowsRead = 0;
      for (const row of eachRow(rows, from, top, ...where.values)) {
        const entry = originals.on(entryOf(row));
        rowsRead += 1;
        if (isWhole) whole.next(row);
        if (!test.matches(factsOf(entry, around))) continue;
        found.push(entry);
        if (found.length < limit) continue;
        if (isWhole) whole.ended(rowsRead, goesBack ? entry.id : from, goesBack ? top : entry.id + 1);
        return page(entry.id);
      }
      if (isWhole) whole.ended(rowsRead, from, top);
    }
    if (performance.now() >= stop) return page(goesBack ? stretch.from : stretch.top - 1);
  }
  return page(null);
}

/** The nearest entry of the page before. A page may end at an entry that is missing. */
function entryBeside(db: DatabaseSyncInstance, { before, after }: PagePlace): Row | undefined {
  const [where, id] =
    after === undefined ? ['>= ? ORDER BY id', before ?? Infinity] : ['<= ? ORDER BY id DESC', after];
  return rowsOf(db.prepare(`SELECT * FROM entries WHERE id ${where} LIMIT 1`), id)[0];
}

export function newestEntry(db: DatabaseSyncInstance): number {
  const { id } = db.prepare('SELECT max(id) AS id FROM entries').get() as { readonly id: number | null };
  return id ?? 0;
}

/** Facts for filters besides the entry itself. */
export interface FactsAround {
  readonly names: FrameQuery['names'];
  readonly marks: ReadonlyMap<number, Mark>;
  readonly times: TimesReader;
}

export function factsOf(entry: StoredEntry, { names, marks, times }: FactsAround): FilterFacts {
  const { id, at, conn, kind } = entry;
  const vmcNo = machineOf(entry);
  const isFrame = entry.kind === 'frame';
  // Decode on demand, because most filters do not need the text.
  let decoded: string | null = null;
  const text = (): string => (decoded ??= textOf(entry));
  const mark = marks.get(id);
  const dir = isFrame ? entry.dir : entry.kind === 'junk' ? directionOf(entry) : null;
  const cmd = isFrame ? (entry.cmd?.trim() ?? null) : null;
  let found: EntryTimes | null = null;
  const timesOf = (): EntryTimes => (found ??= times.times(id));
  return {
    id: numberOf(entry),
    at,
    conn,
    vmcNo,
    vmcName: vmcNo === null ? null : (names[vmcNo] ?? null),
    kind,
    dir,
    get gap() {
      return timesOf().gap;
    },
    get latency() {
      return timesOf().latency;
    },
    get answered() {
      return isFrame ? answerState(dir, cmd, timesOf().latency) : null;
    },
    get peer() {
      return times.peerOf(conn);
    },
    head: isFrame ? entry.head : null,
    sequence: isFrame ? entry.sequence : null,
    cmd,
    size: 'bytes' in entry ? entry.bytes.length : 0,
    get text() {
      return text();
    },
    findings: findingsOf(entry),
    body: () => (isFrame ? readJson(text()).json : null),
    mark: mark?.marked === true ? 'marked' : null,
    note: mark === undefined || mark.note === '' ? null : mark.note,
  };
}
