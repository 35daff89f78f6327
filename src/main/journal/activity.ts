/** How much happened when: frames and errors over a span of time, for the strip above a list. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Activity, ActivityQuery } from '#shared/model/journal';
import type { BlockCounts } from './blocks';
import type { Row } from './columns';

/** Entries that are counted one by one; a longer span is told by its blocks, each spread over its time. */
const exactlyCounted = 100_000;

export function activity(db: DatabaseSyncInstance, query: ActivityQuery): Activity {
  const { from, to, bins } = query;
  const frames = Array.from({ length: bins }, () => 0);
  const errors = Array.from({ length: bins }, () => 0);
  const width = Math.max(1, (to - from) / bins);
  const add = (list: number[], at: number, count: number): void => {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((at - from) / width)));
    list[bin] = (list[bin] ?? 0) + count;
  };
  const blocks = db
    .prepare('SELECT first, last, first_at, last_at, counts FROM blocks WHERE last_at >= ? AND first_at < ?')
    .all(from, to) as Row[];
  const { last } = db.prepare('SELECT max(last) AS last FROM blocks').get() as {
    readonly last: number | null;
  };
  const exact = blocks.length * 512 <= exactlyCounted;
  const firstId = exact && blocks[0] !== undefined ? Number(blocks[0]['first']) : (last ?? 0) + 1;
  const rows = db
    .prepare(
      `SELECT at, cmd = 'error' AND dir = 'in' AS is_error FROM entries
       WHERE id >= ? AND at >= ? AND at < ? AND kind IN ('frame', 'junk')${query.vmcNo === null ? '' : ' AND vmc_no = ?'}`,
    )
    .iterate(firstId, from, to, ...(query.vmcNo === null ? [] : [query.vmcNo])) as Iterable<Row>;
  for (const row of rows) {
    add(frames, Number(row['at']), 1);
    if (row['is_error'] === 1) add(errors, Number(row['at']), 1);
  }
  if (exact) return { frames, errors, exact };
  for (const row of blocks)
    spread(row, query, (list, at, count) => add(list === 'frames' ? frames : errors, at, count));
  return { frames: frames.map(Math.round), errors: errors.map(Math.round), exact };
}

/** Pieces a block's time is cut into. */
const pieces = 4;

function spread(
  row: Row,
  { vmcNo }: ActivityQuery,
  add: (list: 'frames' | 'errors', at: number, count: number) => void,
): void {
  const { cmds, machines } = JSON.parse(String(row['counts'])) as BlockCounts;
  const all = Object.values(cmds).reduce((sum, count) => sum + count, 0);
  const mine = vmcNo === null ? all : (machines[vmcNo] ?? 0);
  if (mine === 0) return;
  // Of one machine's errors a block knows nothing: its share of all.
  const wrong = ((cmds['in error'] ?? 0) * mine) / all;
  const firstAt = Number(row['first_at']);
  const step = (Number(row['last_at']) - firstAt) / pieces;
  for (let piece = 0; piece < pieces; piece += 1) {
    add('frames', firstAt + (piece + 0.5) * step, mine / pieces);
    add('errors', firstAt + (piece + 0.5) * step, wrong / pieces);
  }
}
