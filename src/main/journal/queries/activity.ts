/** How much happened when: frames and errors over a span of time, for the strip above a list. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { isInRole, namesInRole } from '#shared/messages/lookup';
import type { Activity, ActivityQuery } from '#shared/model/journal';
import type { Row } from '../store/columns';
import { shapesOfBlock } from '../index/again';
import { FactsReader, type Facts, type Shape } from '../index/shapes';
import type { Sizes } from '../index/sizes';

/** Entries that are counted one by one; a longer span is told by its blocks, each spread over its time. */
const exactlyCounted = 100_000;

const faults = namesInRole('fault');

export function activity(db: DatabaseSyncInstance, sizes: Sizes, query: ActivityQuery): Activity {
  const { from, to, bins } = query;
  const frames = Array.from({ length: bins }, () => 0);
  const errors = Array.from({ length: bins }, () => 0);
  const width = Math.max(1, (to - from) / bins);
  const add = (list: number[], at: number, count: number): void => {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((at - from) / width)));
    list[bin] = (list[bin] ?? 0) + count;
  };
  const blocks = db
    .prepare(
      'SELECT first, last, first_at, last_at, shapes FROM blocks WHERE last_at >= ? AND first_at < ? ORDER BY first',
    )
    .all(from, to) as Row[];
  const { last } = db.prepare('SELECT max(last) AS last FROM blocks').get() as {
    readonly last: number | null;
  };
  const exact = blocks.length * sizes.block <= exactlyCounted;
  const firstId = exact && blocks[0] !== undefined ? Number(blocks[0]['first']) : (last ?? 0) + 1;
  const rows = db
    .prepare(
      `SELECT at, cmd IN (${faults.map(() => '?').join()}) AND dir = 'in' AS is_error FROM entries
       WHERE id >= ? AND at >= ? AND at < ? AND kind IN ('frame', 'junk')${query.vmcNo === null ? '' : ' AND vmc_no = ?'}`,
    )
    .iterate(...faults, firstId, from, to, ...(query.vmcNo === null ? [] : [query.vmcNo])) as Iterable<Row>;
  for (const row of rows) {
    add(frames, Number(row['at']), 1);
    if (row['is_error'] === 1) add(errors, Number(row['at']), 1);
  }
  if (exact) return { frames, errors, exact };
  const facts = new FactsReader(db);
  const mine = query.vmcNo === null ? null : facts.placeOf(query.vmcNo);
  for (const row of blocks) {
    const shapes = shapesOfBlock(db, sizes, row);
    const ofMachine = query.vmcNo === null ? null : facts.of(Number(row['first']), sizes.block);
    const sums = sumsOf(shapes, ofMachine, mine);
    spread(row, (at, share) => {
      add(frames, at, sums.frames * share);
      add(errors, at, sums.errors * share);
    });
  }
  return { frames: frames.map(Math.round), errors: errors.map(Math.round), exact };
}

const isFrame = ({ kind }: Shape): boolean => kind === 'frame' || kind === 'junk';
const isError = ({ dir, cmd }: Shape): boolean => dir === 'in' && isInRole(cmd ?? null, 'fault');

interface Sums {
  frames: number;
  errors: number;
}

/** `facts`: only of the machine with that place; `null`: of all. */
function sumsOf(shapes: readonly Shape[], facts: Facts | null, mine: number | null): Sums {
  const sums: Sums = { frames: 0, errors: 0 };
  const add = (shape: Shape | undefined, count: number): void => {
    if (shape === undefined) return;
    if (isFrame(shape)) sums.frames += count;
    if (isError(shape)) sums.errors += count;
  };
  if (facts === null) for (const shape of shapes) add(shape, shape.count);
  else {
    const { machines, shapes: places } = facts;
    machines.forEach((place, i) => {
      if (place === mine) add(shapes[places[i] ?? 0], 1);
    });
  }
  return sums;
}

/** Pieces a block's time is cut into. */
const pieces = 4;

function spread(row: Row, add: (at: number, share: number) => void): void {
  const firstAt = Number(row['first_at']);
  const step = (Number(row['last_at']) - firstAt) / pieces;
  for (let piece = 0; piece < pieces; piece += 1) add(firstAt + (piece + 0.5) * step, 1 / pieces);
}
