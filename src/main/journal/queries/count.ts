/**
 * Counts the entries that a filter accepts, in total or per time bin. The count is exact, runs in short time slices,
 * and reads as few entries as possible. Counter, time strip and command line use this function.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { frameTest } from '#shared/filter/frames';
import { BinCounter, reportsError, type BinSpan, type FrameCount } from '#shared/model/frameCount';
import type { Mark } from '#shared/model/journal';
import type { Row } from '../store/columns';
import { whereOf } from '../index/conditions';
import { entryOf } from '../store/entries';
import { budget, factsOf, newestEntry } from './frames';
import { Originals } from '../store/originals';
import { entryColumns } from '../store/owners';
import { atOneMoment, BlockMatcher, Ranges, stretches, type Range, type Stretch } from './reading';
import { TimesReader } from './timesOf';
import type { Sizes } from '../index/sizes';
import { Judge, type Question } from '../index/verdicts';

export interface CountQuery extends Question {
  /** Only entries newer than this one; `null`: all. */
  readonly after: number | null;
  /** Only this time span, counted per bin; `null`: all times, without bins. */
  readonly bins: BinSpan | null;
}

export function countFrames(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  query: CountQuery,
  marks: ReadonlyMap<number, Mark>,
): FrameCount {
  return atOneMoment(db, () => countOf(db, sizes, query, marks));
}

function countOf(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  query: CountQuery,
  marks: ReadonlyMap<number, Mark>,
): FrameCount {
  const { filter, after, bins, now, names } = query;
  const newest = newestEntry(db);
  const found = new BinCounter(bins);
  const test = frameTest(filter, now, bins ?? undefined);
  const answer = (next: number | null, last: number, until: number | null): FrameCount => ({
    count: found.count,
    bars: found.bars,
    next,
    last,
    newest,
    until,
  });
  // The window and main have already parsed the filter. An invalid filter accepts nothing.
  if (!test.ok) return answer(null, newest, null);
  const originals = new Originals(db);
  const needs = originals.needs(test.needs);
  const where = whereOf(needs);
  const rows = db.prepare(`SELECT ${entryColumns} FROM entries WHERE id >= ? AND id < ?${where.sql}`);
  const around = { names, marks, times: new TimesReader(db, sizes) };
  const matcher = new BlockMatcher(db, sizes, new Judge(test, query, marks), around.times);
  const read = (ranges: readonly Range[], isAsked: (id: number) => boolean = () => true): void => {
    for (const { from, top } of ranges)
      for (const row of rows.iterate(from, top, ...where.values) as Iterable<Row>) {
        if (!isAsked(Number(row['id']))) continue;
        const entry = originals.on(entryOf(row));
        const bin = found.bin(entry.at);
        if (bin === null) continue;
        const facts = factsOf(entry, around);
        if (test.matches(facts)) found.add(bin, 1, entry.kind === 'frame' && reportsError(facts) ? 1 : 0);
      }
  };
  /** Counts by the index, and reads only the entries that it cannot decide. */
  const countEach = (stretch: Stretch): void => {
    const shapes = stretch.block?.shapes.map((shape) => (reportsError(shape) ? 1 : 0)) ?? [];
    const [asked, ranges] = [new Set<number>(), new Ranges()];
    matcher.each(stretch, ({ verdict, id, place, shapeAt, numbers }) => {
      if (verdict === 'no') return;
      if (verdict === 'ask') {
        asked.add(id);
        ranges.add(id);
        return;
      }
      const bin = bins === null ? 0 : found.bin(numbers().ats[place] ?? NaN);
      if (bin !== null) found.add(bin, 1, shapes[shapeAt] ?? 0);
    });
    read(ranges.list, (id) => asked.has(id));
  };
  /** The bin that contains the whole block; `null` if there are several, or if the span cuts the block. */
  const binOf = ({ block }: Stretch): number | null => {
    if (block === null) return null;
    const first = found.bin(block.firstAt);
    return first === found.bin(block.lastAt) ? first : null;
  };

  const stop = performance.now() + budget;
  let until: number | null = null;
  const span = { from: (after ?? 0) + 1, top: newest + 1 };
  for (const stretch of stretches(db, sizes, needs, span, 'oldestFirst')) {
    const bin = binOf(stretch);
    const counted = bin === null ? null : matcher.count(stretch, reportsError);
    if (stretch.block === null) read([stretch]);
    else if (bin === null || counted === null) countEach(stretch);
    else found.add(bin, counted.entries, counted.special);
    const last = stretch.top - 1;
    if (stretch.block !== null) until = Math.max(until ?? -Infinity, stretch.block.lastAt);
    if (performance.now() >= stop && last < newest) return answer(last, last, until);
  }
  return answer(null, newest, null);
}
