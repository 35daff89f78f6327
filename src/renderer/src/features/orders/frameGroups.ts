/** The frames of an order, with repetitions folded into one line. */
import type { FrameRow } from '#shared/model/frame';

export interface FrameGroup {
  readonly key: string;
  readonly first: FrameRow;
  readonly last: FrameRow;
  readonly times: number;
}

/** `rows`: oldest first. Messages of one name and direction share the line of the first. */
export function frameGroups(rows: readonly FrameRow[]): readonly FrameGroup[] {
  const groups = new Map<string, FrameGroup>();
  for (const row of rows) {
    const key = `${row.dir} ${row.cmd}`;
    const known = groups.get(key);
    groups.set(
      key,
      known === undefined
        ? { key, first: row, last: row, times: 1 }
        : { ...known, last: row, times: known.times + 1 },
    );
  }
  return [...groups.values()];
}

/** One line a frame. */
export const singleFrames = (rows: readonly FrameRow[]): readonly FrameGroup[] =>
  rows.map((row) => ({ key: String(row.id), first: row, last: row, times: 1 }));
