/** How much happened when: frames and errors over a span of time, for the strip above a list. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { isInRole, namesInRole } from '#shared/messages/lookup';
import { frameTest } from '#shared/filter/frames';
import type { Activity, ActivityQuery, Mark } from '#shared/model/journal';
import type { Row } from '../store/columns';
import { shapesOfBlock } from '../index/again';
import { whereOf } from '../index/conditions';
import { FactsReader, type Shape } from '../index/shapes';
import type { Sizes } from '../index/sizes';
import { Judge, type Question } from '../index/verdicts';
import { entryOf } from '../store/entries';
import { entryColumns } from '../store/owners';
import { budget, factsOf, newestEntry } from './frames';
import { atOneMoment, BlockLook, stretches } from './reading';

export type ActivityRequest = ActivityQuery & Question;

/** Entries that are counted one by one; a longer span is told by its blocks, each spread over its time. */
const exactlyCounted = 100_000;

const faults = namesInRole('fault');

export function activity(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  query: ActivityRequest,
  marks: ReadonlyMap<number, Mark>,
): Activity {
  const { vmcNo, dir, cmd, text } = query.filter;
  const bars = new Bars(query);
  const exact =
    dir === null && cmd === null && text.trim() === ''
      ? countMachine(db, sizes, query, vmcNo, bars)
      : atOneMoment(db, () => countFiltered(db, sizes, query, marks, bars));
  return { frames: bars.frames.map(Math.round), errors: bars.errors.map(Math.round), exact };
}

class Bars {
  readonly frames: number[];
  readonly errors: number[];
  readonly #from: number;
  readonly #width: number;

  constructor({ from, to, bins }: ActivityQuery) {
    this.frames = Array.from({ length: bins }, () => 0);
    this.errors = Array.from({ length: bins }, () => 0);
    this.#from = from;
    this.#width = Math.max(1, (to - from) / bins);
  }

  add(at: number, frames: number, errors: number): void {
    const place = Math.floor((at - this.#from) / this.#width);
    const bin = Math.min(this.frames.length - 1, Math.max(0, place));
    this.frames[bin] = (this.frames[bin] ?? 0) + frames;
    this.errors[bin] = (this.errors[bin] ?? 0) + errors;
  }
}

/** Reads what the filter leaves open, the newest first, as long as one look may take; of older blocks as large a part is taken to match. */
function countFiltered(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  query: ActivityRequest,
  marks: ReadonlyMap<number, Mark>,
  bars: Bars,
): boolean {
  const { filter, from, to, now, names } = query;
  const test = frameTest(filter, now, { from, to });
  if (!test.ok) return true;
  const where = whereOf(test.needs);
  const rows = db.prepare(
    `SELECT ${entryColumns} FROM entries WHERE id >= ? AND id < ? AND kind IN ('frame', 'junk')${where.sql}`,
  );
  const look = new BlockLook(db, sizes, new Judge(test, query, marks));
  const stop = performance.now() + budget;
  let [looked, found, isExact] = [0, 0, true];
  for (const stretch of stretches(
    db,
    sizes,
    test.needs,
    { from: 1, top: newestEntry(db) + 1 },
    'newestFirst',
  )) {
    const { block } = stretch;
    if (block !== null && performance.now() >= stop) {
      isExact = false;
      const sums = sumsOf(block.shapes);
      const part = found / Math.max(1, looked);
      spread(block, (at, share) => bars.add(at, sums.frames * share * part, sums.errors * share * part));
      continue;
    }
    looked += stretch.top - stretch.from;
    for (const range of look.ranges(stretch))
      for (const row of rows.iterate(range.from, range.top, ...where.values) as Iterable<Row>) {
        const entry = entryOf(row);
        if (!test.matches(factsOf(entry, names, marks))) continue;
        found += 1;
        bars.add(entry.at, 1, entry.kind === 'frame' && isError(entry) ? 1 : 0);
      }
  }
  return isExact;
}

function countMachine(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  { from, to }: ActivityQuery,
  vmcNo: number | null,
  bars: Bars,
): boolean {
  const blocks = db
    .prepare(
      'SELECT first, last, first_at, last_at, shapes FROM blocks WHERE last_at >= ? AND first_at < ? ORDER BY first',
    )
    .all(from, to) as Row[];
  const { last } = db.prepare('SELECT max(last) AS last FROM blocks').get() as {
    readonly last: number | null;
  };
  const exact = blocks.length * sizes.block <= exactlyCounted;
  // Those blocks, and what is in none yet.
  const first = exact && blocks[0] !== undefined ? Number(blocks[0]['first']) : 1;
  const end = exact ? Number(blocks.at(-1)?.['last'] ?? 0) : 0;
  const rows = db
    .prepare(
      `SELECT at, cmd IN (${faults.map(() => '?').join()}) AND dir = 'in' AS is_error FROM entries
       WHERE (id BETWEEN ? AND ? OR id > ?) AND at >= ? AND at < ? AND kind IN ('frame', 'junk')${vmcNo === null ? '' : ' AND vmc_no = ?'}`,
    )
    .iterate(...faults, first, end, last ?? 0, from, to, ...(vmcNo === null ? [] : [vmcNo])) as Iterable<Row>;
  for (const row of rows) bars.add(Number(row['at']), 1, Number(row['is_error']));
  if (exact) return true;
  const facts = new FactsReader(db);
  const mine = vmcNo === null ? null : facts.placeOf(vmcNo);
  for (const row of blocks) {
    const shapes = shapesOfBlock(db, sizes, row);
    const sums = vmcNo === null ? sumsOf(shapes) : sumsOfMachine(row, shapes, sizes, facts, mine);
    const times = { firstAt: Number(row['first_at']), lastAt: Number(row['last_at']) };
    spread(times, (at, share) => bars.add(at, sums.frames * share, sums.errors * share));
  }
  return false;
}

const isFrame = ({ kind }: Shape): boolean => kind === 'frame' || kind === 'junk';
const isError = ({ dir, cmd }: Pick<Shape, 'dir' | 'cmd'>): boolean =>
  dir === 'in' && isInRole(cmd ?? null, 'fault');

interface Sums {
  frames: number;
  errors: number;
}

const addTo = (sums: Sums, shape: Shape, count: number): void => {
  if (isFrame(shape)) sums.frames += count;
  if (isError(shape)) sums.errors += count;
};

function sumsOf(shapes: readonly Shape[]): Sums {
  const sums: Sums = { frames: 0, errors: 0 };
  for (const shape of shapes) addTo(sums, shape, shape.count);
  return sums;
}

function sumsOfMachine(
  row: Row,
  shapes: readonly Shape[],
  sizes: Sizes,
  facts: FactsReader,
  mine: number | null,
): Sums {
  const sums: Sums = { frames: 0, errors: 0 };
  const { machines, shapes: places } = facts.of(Number(row['first']), sizes.block);
  machines.forEach((place, i) => {
    const shape = shapes[places[i] ?? 0];
    if (place === mine && shape !== undefined) addTo(sums, shape, 1);
  });
  return sums;
}

/** Pieces a block's time is cut into. */
const pieces = 4;

function spread(
  { firstAt, lastAt }: { readonly firstAt: number; readonly lastAt: number },
  add: (at: number, share: number) => void,
): void {
  const step = (lastAt - firstAt) / pieces;
  for (let piece = 0; piece < pieces; piece += 1) add(firstAt + (piece + 0.5) * step, 1 / pieces);
}
