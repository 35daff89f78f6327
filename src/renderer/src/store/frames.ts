/** The live frames of the watched machine: bounded, without repetitions, in the order of the journal. */
import type { FrameRow } from '#shared/model/frame';

export const frameLimit = 2_000;

export interface FrameLog {
  /** Oldest first, at most `frameLimit`. */
  readonly rows: readonly FrameRow[];
  /** How many have been put in since the watch began, those that fell out at the front included. */
  readonly total: number;
  /** How many passed too fast to be sent to the window. */
  readonly skipped: number;
}
export const emptyLog: FrameLog = { rows: [], total: 0, skipped: 0 };

/** Adds rows (oldest first); those already there are left out. */
export function addFrames(log: FrameLog, rows: readonly FrameRow[], skipped: number): FrameLog {
  const last = log.rows.at(-1)?.id ?? 0;
  const firstNew = rows[0];
  if (firstNew === undefined) return skipped === 0 ? log : { ...log, skipped: log.skipped + skipped };
  const merged = firstNew.id > last ? [...log.rows, ...rows] : merge(log.rows, rows);
  return {
    rows: merged.length > frameLimit ? merged.slice(-frameLimit) : merged,
    total: log.total + merged.length - log.rows.length,
    skipped: log.skipped + skipped,
  };
}

function merge(a: readonly FrameRow[], b: readonly FrameRow[]): FrameRow[] {
  const byId = new Map<number, FrameRow>();
  for (const row of a) byId.set(row.id, row);
  for (const row of b) if (!byId.has(row.id)) byId.set(row.id, row);
  return [...byId.values()].toSorted((x, y) => x.id - y.id);
}
