/** How many entries a filter lets through: exactly, in slices of time, and of as many blocks as can be without reading entries. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { frameTest } from '#shared/filter/frames';
import type { FrameCount } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';
import type { Row } from '../store/columns';
import { whereOf } from '../index/conditions';
import { entryOf } from '../store/entries';
import { budget, factsOf, newestEntry } from './frames';
import { entryColumns } from '../store/owners';
import { atOneMoment, BlockLook, stretches, type Stretch } from './reading';
import type { Sizes } from '../index/sizes';
import { Judge, type Question } from '../index/verdicts';

export interface CountQuery extends Question {
  /** Only what is newer than this entry; `null`: all. */
  readonly after: number | null;
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
  const { filter, after, now, names } = query;
  const newest = newestEntry(db);
  const test = frameTest(filter, now);
  if (!test.ok) return { count: 0, next: null, last: newest };
  const where = whereOf(test.needs);
  const rows = db.prepare(`SELECT ${entryColumns} FROM entries WHERE id >= ? AND id < ?${where.sql}`);
  const look = new BlockLook(db, sizes, new Judge(test, query, marks));
  const read = (stretch: Stretch): number => {
    let count = 0;
    for (const { from, top } of look.ranges(stretch)) {
      for (const row of rows.iterate(from, top, ...where.values) as Iterable<Row>)
        if (test.matches(factsOf(entryOf(row), names, marks))) count += 1;
    }
    return count;
  };

  const stop = performance.now() + budget;
  let count = 0;
  for (const stretch of stretches(
    db,
    sizes,
    test.needs,
    { from: (after ?? 0) + 1, top: newest + 1 },
    'oldestFirst',
  )) {
    count += look.count(stretch) ?? read(stretch);
    const last = stretch.top - 1;
    if (performance.now() >= stop && last < newest) return { count, next: last, last };
  }
  return { count, next: null, last: newest };
}
