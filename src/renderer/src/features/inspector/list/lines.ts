/**
 * The lines of a frame list: its rows, the gaps between them, and folded runs of heartbeats. A row's line has the row's id. A gap's line has the
 * negative id of the row after it, a folded run's half less than its first row's id.
 */
import { isInRole } from '#shared/messages/lookup';
import type { FrameRow } from '#shared/model/frame';

/** A run of heartbeats and their answers: `rows[from]` up to `rows[to - 1]`. */
export interface Fold {
  readonly from: number;
  readonly to: number;
  readonly isOpen: boolean;
}
export interface Lines {
  readonly ids: readonly number[];
  /** By line number. */
  readonly folds: ReadonlyMap<number, Fold>;
}

/** A heartbeat, its answer and the next heartbeat; shorter runs are not folded. */
const shortestRun = 3;

export const isGap = (line: number): boolean => line < 0;
export const isFold = (line: number): boolean => line > 0 && !Number.isInteger(line);
export const isRow = (line: number): boolean => line > 0 && Number.isInteger(line);

/** The id of the row that a line shows, begins with or precedes. */
export const rowAt = (line: number): number => Math.ceil(Math.abs(line));

/** The index of the line with row `id`, or of the first line after it. */
export function lineOf(ids: readonly number[], id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rowAt(ids[middle] ?? Infinity) < id) low = middle + 1;
    else high = middle;
  }
  // A folded run begins before the rows in it.
  const before = ids[low - 1];
  const isWithin = low > 0 && before !== undefined && isFold(before) && rowAt(ids[low] ?? Infinity) !== id;
  return isWithin ? low - 1 : Math.min(low, ids.length - 1);
}

/** A heartbeat with a finding, mark or note is not folded. */
export const isHeartbeat = ({ cmd, findings, mark }: FrameRow): boolean =>
  findings.length === 0 && mark === undefined && isInRole(cmd, 'heartbeat');

/** `opened`: rows whose runs are not folded; `null`: fold nothing. */
export function linesOf(
  rows: readonly FrameRow[],
  gapsBefore: ReadonlySet<number>,
  opened: ReadonlySet<number> | null,
): Lines {
  const ids: number[] = [];
  const folds = new Map<number, Fold>();
  const unfolded = [...(opened ?? [])];
  let index = 0;
  for (;;) {
    const row = rows[index];
    if (row === undefined) return { ids, folds };
    if (gapsBefore.has(row.id)) ids.push(-row.id);
    const to = opened !== null && isHeartbeat(row) ? endOfRun(rows, index, gapsBefore) : index + 1;
    const isRun = to - index >= shortestRun;
    if (isRun) {
      const last = rows[to - 1]?.id ?? row.id;
      const isOpen = unfolded.some((id) => id >= row.id && id <= last);
      ids.push(row.id - 0.5);
      folds.set(row.id - 0.5, { from: index, to, isOpen });
      if (!isOpen) {
        index = to;
        continue;
      }
    }
    for (; index < to; index += 1) ids.push(rows[index]?.id ?? 0);
  }
}

function endOfRun(rows: readonly FrameRow[], from: number, gapsBefore: ReadonlySet<number>): number {
  let to = from + 1;
  for (let row = rows[to]; row !== undefined && isHeartbeat(row); row = rows[to]) {
    if (gapsBefore.size > 0 && gapsBefore.has(row.id)) break;
    to += 1;
  }
  return to;
}

/** Rows after a connection's beginning that are searched for its machine. */
const soon = 200;

/** The row, with the machine number that its connection reports next, if the row is from before the login; `null`: not needed. */
export function withTarget(rows: readonly FrameRow[], index: number): FrameRow | null {
  const row = rows[index];
  if (row?.kind !== 'opened' || row.vmcNo !== null) return null;
  for (let i = index + 1; i < Math.min(rows.length, index + soon); i += 1) {
    const next = rows[i];
    if (next?.conn === row.conn && next.vmcNo !== null) return { ...row, vmcNo: next.vmcNo };
  }
  return null;
}

/** The index of a row; rows are sorted by id. -1: not found. */
export function indexOf(rows: readonly FrameRow[], id: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = rows[middle]?.id ?? Infinity;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Selected lines with their rows; a folded run has all its rows. */
export type RowsByLine = ReadonlyMap<number, readonly FrameRow[]>;

/**
 * The rows of selected lines. Earlier selected lines keep their rows, even if the list now shows another part of the journal or the run was
 * opened since.
 */
export function rowsOfLines(
  { ids, folds }: Lines,
  rows: readonly FrameRow[],
  selected: ReadonlySet<number>,
  before: RowsByLine,
): RowsByLine {
  const listed = new Set(ids);
  const found = new Map<number, readonly FrameRow[]>();
  for (const line of selected) {
    const kept = before.get(line);
    if (kept !== undefined) found.set(line, kept);
    else if (listed.has(line) && !isGap(line)) found.set(line, rowsOfLine(folds.get(line), rows, line));
  }
  return found;
}

function rowsOfLine(fold: Fold | undefined, rows: readonly FrameRow[], line: number): readonly FrameRow[] {
  if (fold !== undefined) return fold.isOpen ? [] : rows.slice(fold.from, fold.to);
  const row = rows[indexOf(rows, line)];
  return row === undefined ? [] : [row];
}

/** Without duplicates, oldest first; in the list's current version where it has the row. */
export function selectedRows(selected: RowsByLine, rows: readonly FrameRow[]): readonly FrameRow[] {
  const all = [...selected.values()].flat().map((row) => rows[indexOf(rows, row.id)] ?? row);
  return [...new Map(all.map((row) => [row.id, row])).values()].toSorted((a, b) => a.id - b.id);
}

export interface FoldFacts {
  readonly first: number;
  readonly last: number;
  readonly heartbeats: number;
  readonly answers: number;
  /** Machine numbers. */
  readonly machines: readonly (number | null)[];
  /** Average ms between two heartbeats of a machine; `null`: there is only one. */
  readonly apart: number | null;
  /** The longest of these intervals. */
  readonly longest: number;
  readonly size: number;
}

export function foldFacts(run: readonly FrameRow[]): FoldFacts {
  const lastOf = new Map<number | null, number>();
  const machines = new Set<number | null>();
  let [heartbeats, intervals, sum, longest, size] = [0, 0, 0, 0, 0];
  for (const { vmcNo, dir, at, size: bytes } of run) {
    machines.add(vmcNo);
    size += bytes;
    if (dir === 'out') continue;
    heartbeats += 1;
    const before = lastOf.get(vmcNo);
    lastOf.set(vmcNo, at);
    if (before === undefined) continue;
    intervals += 1;
    sum += at - before;
    longest = Math.max(longest, at - before);
  }
  return {
    first: run[0]?.at ?? 0,
    last: run.at(-1)?.at ?? 0,
    heartbeats,
    answers: run.length - heartbeats,
    machines: [...machines],
    apart: intervals === 0 ? null : sum / intervals,
    longest,
    size,
  };
}
