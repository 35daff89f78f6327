/**
 * A list of frames as far as the window has it: pages of the past, what passes now, and the gaps between them. Bounded; what is
 * let go is in the journal and can be read again.
 */
import type { FramePage, FrameRow } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';

/** Rows in the list. */
export const frameLimit = 20_000;
/** Rows of a list that follows new frames; it is small, because each batch costs time per row. */
export const followLimit = 5_000;
/** Newer rows that wait while the list holds still. */
export const waitingLimit = 5_000;

/** How many frames are missing; `null`: not counted. */
export type Missing = number | null;

export interface FrameLog {
  /** Oldest first, each once, at most `frameLimit`. */
  readonly rows: readonly FrameRow[];
  /** The row (of `rows` or `waiting`) before which frames are missing, by id. */
  readonly gaps: ReadonlyMap<number, Missing>;
  /** Newer than all rows, oldest first, at most `waitingLimit`. */
  readonly waiting: readonly FrameRow[];
  /** Where to read on for what is older; `null`: nothing is. `undefined`: no page has come yet. */
  readonly next: number | null | undefined;
  /** Where to read on for what is newer; `null`: the rows reach up to what waits and passes now. */
  readonly after: number | null;
  /** What is newer waits instead of being shown. */
  readonly holding: boolean;
}
export const emptyLog: FrameLog = {
  rows: [],
  gaps: new Map(),
  waiting: [],
  next: undefined,
  after: null,
  holding: false,
};

/** Rows that pass now, oldest first; `skipped` older ones were left out before them. */
export function addLive(log: FrameLog, live: readonly FrameRow[], skipped: number): FrameLog {
  const last = newest(log);
  const first = live[0];
  if (first === undefined) return log;
  const fresh = first.id > last ? live : live.filter(({ id }) => id > last);
  const start = fresh[0];
  if (start === undefined) return log;
  const gaps = skipped > 0 && start === first ? withGap(log.gaps, start.id, skipped) : log.gaps;
  const next = { ...log, gaps, waiting: [...log.waiting, ...fresh] };
  // Before the first page nothing is shown: what it holds would have to go in between.
  if (log.next === undefined || log.after !== null || (log.holding && log.rows.length > 0))
    return trimWaiting(next);
  return showWaiting(next);
}

/** Inserts or replaces rows of earlier entries whose machine is known now. */
export function addNamed(log: FrameLog, named: readonly FrameRow[]): FrameLog {
  let { rows, waiting } = log;
  for (const row of named) {
    const last = rows.at(-1)?.id ?? 0;
    if (row.id > last) waiting = log.after === null ? withRow(waiting, row) : waiting;
    // Before the first row is the past, which is read by itself, if there is any.
    else if (row.id >= (rows[0]?.id ?? 0) || log.next === null) rows = withRow(rows, row);
  }
  return rows === log.rows && waiting === log.waiting ? log : { ...log, rows, waiting };
}

function withRow(rows: readonly FrameRow[], row: FrameRow): readonly FrameRow[] {
  const at = rows.findLastIndex(({ id }) => id <= row.id);
  return rows[at]?.id === row.id ? rows.with(at, row) : rows.toSpliced(at + 1, 0, row);
}

/** Stops following new frames, or continues with those that came meanwhile. */
export function hold(log: FrameLog, holding: boolean): FrameLog {
  if (log.holding === holding) return log;
  const next = { ...log, holding };
  return holding || log.next === undefined ? next : showWaiting(next);
}

/** What waits is shown, if the rows reach up to it; the oldest rows make room for it. */
export function showWaiting(log: FrameLog): FrameLog {
  if (log.waiting.length === 0 || log.after !== null) return log;
  const all = [...log.rows, ...log.waiting];
  const isTooMany = all.length > (log.holding ? frameLimit : 2 * followLimit);
  const rows = isTooMany ? all.slice(log.holding ? -frameLimit : -followLimit) : all;
  const first = rows[0]?.id ?? 0;
  // A gap before the first row is the past, which is read by itself.
  if (rows === all && !log.gaps.has(first)) return { ...log, rows, waiting: [] };
  return { ...log, rows, waiting: [], gaps: gapsFrom(log.gaps, first), next: first };
}

/** The first page of a list: the newest frames, or those at a place in the past. What waits stays what waits. */
export function showPage(
  log: FrameLog,
  page: FramePage['rows'],
  { next, after }: { readonly next: number | null; readonly after: number | null },
): FrameLog {
  const rows = page.toReversed();
  // What was shown and is newer waits again: the list can come back to it without reading.
  const newer = log.after === null ? [...log.rows, ...log.waiting] : log.waiting;
  const waiting = newer.slice(-waitingLimit);
  return joined({ ...log, rows, waiting, gaps: gapsFrom(log.gaps, (waiting[0]?.id ?? 0) - 1), next, after });
}

/** Adds a page of rows older than `before`. A page that no longer fits, because rows were dropped meanwhile, is ignored. */
export function addOlder(log: FrameLog, page: FramePage, before: number): FrameLog {
  if (log.next !== before) return log;
  const first = log.rows[0]?.id ?? Infinity;
  const rows = [...page.rows.toReversed().filter(({ id }) => id < first), ...log.rows];
  return trimNewest({ ...log, rows, next: page.next });
}

/** The answer to the question for what is newer than `after`; the oldest rows make room for it. */
export function addNewer(log: FrameLog, page: FramePage, after: number): FrameLog {
  if (log.after !== after) return log;
  const last = log.rows.at(-1)?.id ?? 0;
  const all = [...log.rows, ...page.rows.toReversed().filter(({ id }) => id > last)];
  const rows = all.length > frameLimit ? all.slice(-frameLimit) : all;
  const first = rows[0]?.id ?? 0;
  const dropped = rows === all ? {} : { next: first, gaps: gapsFrom(log.gaps, first) };
  return joined({ ...log, ...dropped, rows, after: page.next });
}

/** Joins the rows with the waiting ones once there is no gap between them. */
function joined(log: FrameLog): FrameLog {
  const last = log.rows.at(-1)?.id ?? 0;
  const first = log.waiting[0]?.id ?? Infinity;
  if (log.after !== null && last < first) return log;
  const waiting = log.waiting.filter(({ id }) => id > last);
  const gaps = new Map([...log.gaps].filter(([id]) => id < first || id > last));
  // The rows may end within a gap.
  const start = waiting[0]?.id ?? 0;
  const missing = gaps.get(start);
  if (typeof missing === 'number') {
    const known = log.waiting[log.waiting.length - waiting.length - 1]?.id ?? first;
    const left = missing - log.rows.filter(({ id }) => id > known).length;
    if (left > 0) gaps.set(start, left);
    else gaps.delete(start);
  }
  // At the end of the list the waiting rows are shown, also while new ones are held.
  return showWaiting({ ...log, waiting, gaps, after: null });
}

/** The answer to the question for what is missing before the row `id`. */
export function fillGap(log: FrameLog, id: number, page: FramePage): FrameLog {
  const at = log.rows.findIndex((row) => row.id === id);
  const missing = log.gaps.get(id);
  if (at < 0 || missing === undefined) return log;
  const before = log.rows[at - 1]?.id ?? 0;
  const found = page.rows.filter((row) => row.id > before && row.id < id).toReversed();
  const gaps = new Map(log.gaps);
  gaps.delete(id);
  if (page.next !== null && page.next > before + 1) {
    const left = missing === null ? null : Math.max(1, missing - found.length);
    gaps.set(found[0]?.id ?? id, left);
  }
  return trimNewest({ ...log, gaps, rows: [...log.rows.slice(0, at), ...found, ...log.rows.slice(at)] });
}

/** Marks and notes that were given, changed or taken off. */
export function applyMarks(log: FrameLog, marks: readonly Mark[]): FrameLog {
  const byId = new Map(marks.map((mark) => [mark.entry, mark]));
  const isMeant = ({ id }: FrameRow): boolean => byId.has(id);
  const after = (row: FrameRow): FrameRow => {
    const given = byId.get(row.id);
    if (given === undefined) return row;
    const { mark: _before, ...rest } = row;
    const { marked, note } = given;
    return marked || note !== '' ? { ...rest, mark: { marked, note } } : rest;
  };
  // Lists that hold none of them stay the same.
  const marked = (rows: readonly FrameRow[]): readonly FrameRow[] =>
    rows.some(isMeant) ? rows.map(after) : rows;
  const [rows, waiting] = [marked(log.rows), marked(log.waiting)];
  return rows === log.rows && waiting === log.waiting ? log : { ...log, rows, waiting };
}

/** How many frames are newer than the rows, those in gaps included. */
export function newsCount({ waiting, gaps, after }: FrameLog): Missing {
  if (after !== null) return null;
  const start = waiting[0]?.id;
  if (start === undefined) return 0;
  let count: Missing = waiting.length;
  for (const [id, missing] of gaps)
    if (id >= start) count = count === null || missing === null ? null : count + missing;
  return count;
}

function newest({ rows, waiting }: FrameLog): number {
  return waiting.at(-1)?.id ?? rows.at(-1)?.id ?? 0;
}

function withGap(gaps: FrameLog['gaps'], id: number, missing: Missing): FrameLog['gaps'] {
  const next = new Map(gaps);
  const known = gaps.get(id) ?? 0;
  next.set(id, missing === null || gaps.get(id) === null ? null : known + missing);
  return next;
}

/** Without those at or before the list's first row: what is missing there is the past. */
function gapsFrom(gaps: FrameLog['gaps'], first: number): FrameLog['gaps'] {
  if (gaps.size === 0) return gaps;
  return new Map([...gaps].filter(([id]) => id > first));
}

/** Too many rows: the newest of them are let go, since who reads the past is not looking at them. */
function trimNewest(log: FrameLog): FrameLog {
  if (log.rows.length <= frameLimit) return log;
  const rows = log.rows.slice(0, frameLimit);
  const last = rows.at(-1)?.id ?? 0;
  const start = log.waiting[0]?.id ?? Infinity;
  const gaps = new Map([...log.gaps].filter(([id]) => id <= last || id >= start));
  return { ...log, rows, gaps, after: last };
}

/** Drops the oldest waiting rows when there are too many, and leaves a gap. */
function trimWaiting(log: FrameLog): FrameLog {
  const over = log.waiting.length - waitingLimit;
  if (over <= 0) return log;
  const waiting = log.waiting.slice(over);
  const start = waiting[0]?.id ?? 0;
  const firstGone = log.waiting[0]?.id ?? 0;
  let missing: Missing = over;
  const gaps = new Map(log.gaps);
  for (const [id, some] of log.gaps) {
    if (id < firstGone || id > start) continue;
    missing = missing === null || some === null ? null : missing + some;
    gaps.delete(id);
  }
  gaps.set(start, missing);
  return { ...log, waiting, gaps };
}
