/**
 * The window's part of a frame list: pages of the past, live frames, and the gaps between them. The size is limited; dropped rows are in
 * the journal and can be read again.
 */
import type { FramePage, FrameRow } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';

/** Rows of a list. */
export const frameLimit = 20_000;
/** Rows of a list that follows new frames. The limit is small, because each batch costs time per row. */
export const followLimit = 5_000;
/** Newer rows that wait while the list is held. */
export const waitingLimit = 5_000;

/** The number of missing frames; `null`: not counted. */
export type Missing = number | null;

export interface FrameLog {
  /** Oldest first, without duplicates, at most `frameLimit`. */
  readonly rows: readonly FrameRow[];
  /** Rows (of `rows` or `waiting`) with missing frames before them, by id. */
  readonly gaps: ReadonlyMap<number, Missing>;
  /** Newer than all rows, oldest first, at most `waitingLimit`. */
  readonly waiting: readonly FrameRow[];
  /** Where to read older rows; `null`: there are none. `undefined`: no page has arrived yet. */
  readonly next: number | null | undefined;
  /** Where to read newer rows; `null`: the rows reach the waiting and live ones. */
  readonly after: number | null;
  /** New rows wait instead of being shown. */
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

/** Live rows, oldest first; `skipped` older ones were left out before them. */
export function addLive(log: FrameLog, live: readonly FrameRow[], skipped: number): FrameLog {
  const last = newest(log);
  const first = live[0];
  if (first === undefined) return log;
  const fresh = first.id > last ? live : live.filter(({ id }) => id > last);
  const start = fresh[0];
  if (start === undefined) return log;
  const gaps = skipped > 0 && start === first ? withGap(log.gaps, start.id, skipped) : log.gaps;
  const next = { ...log, gaps, waiting: [...log.waiting, ...fresh] };
  // Nothing is shown before the first page, which may contain rows between these.
  if (log.next === undefined || log.after !== null || (log.holding && log.rows.length > 0))
    return trimWaiting(next);
  return showWaiting(next);
}

/** Inserts or replaces rows of earlier entries that are now assigned to a machine. */
export function addNamed(log: FrameLog, named: readonly FrameRow[]): FrameLog {
  let { rows, waiting } = log;
  for (const row of named) {
    const last = rows.at(-1)?.id ?? 0;
    if (row.id > last) waiting = log.after === null ? withRow(waiting, row) : waiting;
    // Rows before the first one are read with older pages, if there are any.
    else if (row.id >= (rows[0]?.id ?? 0) || log.next === null) rows = withRow(rows, row);
  }
  return rows === log.rows && waiting === log.waiting ? log : { ...log, rows, waiting };
}

/** Removes rows that do not match the filter any more. A row with a gap before it stays, because the gap is shown there. */
export function without(log: FrameLog, gone: readonly number[]): FrameLog {
  const left = new Set(gone);
  const stays = ({ id }: FrameRow): boolean => !left.has(id) || log.gaps.has(id);
  if (gone.length === 0 || [...log.rows, ...log.waiting].every(stays)) return log;
  return { ...log, rows: log.rows.filter(stays), waiting: log.waiting.filter(stays) };
}

function withRow(rows: readonly FrameRow[], row: FrameRow): readonly FrameRow[] {
  const at = rows.findLastIndex(({ id }) => id <= row.id);
  return rows[at]?.id === row.id ? rows.with(at, row) : rows.toSpliced(at + 1, 0, row);
}

/** Stops following new frames, or continues with the waiting ones. */
export function hold(log: FrameLog, holding: boolean): FrameLog {
  if (log.holding === holding) return log;
  const next = { ...log, holding };
  return holding || log.next === undefined ? next : showWaiting(next);
}

/** Shows the waiting rows if the list reaches them; the oldest rows make room. */
export function showWaiting(log: FrameLog): FrameLog {
  if (log.waiting.length === 0 || log.after !== null) return log;
  const all = [...log.rows, ...log.waiting];
  const isTooMany = all.length > (log.holding ? frameLimit : 2 * followLimit);
  const rows = isTooMany ? all.slice(log.holding ? -frameLimit : -followLimit) : all;
  const first = rows[0]?.id ?? 0;
  // A gap before the first row is read with older pages.
  if (rows === all && !log.gaps.has(first)) return { ...log, rows, waiting: [] };
  return { ...log, rows, waiting: [], gaps: gapsFrom(log.gaps, first), next: first };
}

/** Shows the first page of a list: the newest frames, or those at a place in the past. Waiting rows keep waiting. */
export function showPage(
  log: FrameLog,
  page: FramePage['rows'],
  { next, after }: { readonly next: number | null; readonly after: number | null },
): FrameLog {
  const rows = page.toReversed();
  // Newer rows wait again, so that the list can return to them without reading.
  const newer = log.after === null ? [...log.rows, ...log.waiting] : log.waiting;
  const waiting = newer.slice(-waitingLimit);
  return joined({ ...log, rows, waiting, gaps: gapsFrom(log.gaps, (waiting[0]?.id ?? 0) - 1), next, after });
}

/** Adds a page of rows older than `before`. A page that does not fit any more, because rows were dropped, is ignored. */
export function addOlder(log: FrameLog, page: FramePage, before: number): FrameLog {
  if (log.next !== before) return log;
  const first = log.rows[0]?.id ?? Infinity;
  const rows = [...page.rows.toReversed().filter(({ id }) => id < first), ...log.rows];
  return trimNewest({ ...log, rows, next: page.next });
}

/** Adds a page of rows newer than `after`; the oldest rows make room. */
export function addNewer(log: FrameLog, page: FramePage, after: number): FrameLog {
  if (log.after !== after) return log;
  const last = log.rows.at(-1)?.id ?? 0;
  const all = [...log.rows, ...page.rows.toReversed().filter(({ id }) => id > last)];
  const rows = all.length > frameLimit ? all.slice(-frameLimit) : all;
  const first = rows[0]?.id ?? 0;
  const dropped = rows === all ? {} : { next: first, gaps: gapsFrom(log.gaps, first) };
  return joined({ ...log, ...dropped, rows, after: page.next });
}

/** Joins the rows with the waiting ones when there is no gap between them. */
function joined(log: FrameLog): FrameLog {
  const last = log.rows.at(-1)?.id ?? 0;
  const first = log.waiting[0]?.id ?? Infinity;
  if (log.after !== null && last < first) return log;
  const waiting = log.waiting.filter(({ id }) => id > last);
  const gaps = new Map([...log.gaps].filter(([id]) => id < first || id > last));
  // The rows may end inside a gap.
  const start = waiting[0]?.id ?? 0;
  const missing = gaps.get(start);
  if (typeof missing === 'number') {
    const known = log.waiting[log.waiting.length - waiting.length - 1]?.id ?? first;
    const left = missing - log.rows.filter(({ id }) => id > known).length;
    if (left > 0) gaps.set(start, left);
    else gaps.delete(start);
  }
  // At the end of the list waiting rows are shown, even while new ones are held.
  return showWaiting({ ...log, waiting, gaps, after: null });
}

/** Adds a page of the rows missing before the row `id`. */
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

/** Applies added, changed and removed marks and notes. */
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
  // Lists without these entries stay the same object.
  const marked = (rows: readonly FrameRow[]): readonly FrameRow[] =>
    rows.some(isMeant) ? rows.map(after) : rows;
  const [rows, waiting] = [marked(log.rows), marked(log.waiting)];
  return rows === log.rows && waiting === log.waiting ? log : { ...log, rows, waiting };
}

/** The number of frames newer than the rows, including those in gaps. */
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

/** Gaps after the list's first row: earlier ones are read with older pages. */
function gapsFrom(gaps: FrameLog['gaps'], first: number): FrameLog['gaps'] {
  if (gaps.size === 0) return gaps;
  return new Map([...gaps].filter(([id]) => id > first));
}

/** Drops the newest of too many rows: a user who reads the past does not see them. */
function trimNewest(log: FrameLog): FrameLog {
  if (log.rows.length <= frameLimit) return log;
  const rows = log.rows.slice(0, frameLimit);
  const last = rows.at(-1)?.id ?? 0;
  const start = log.waiting[0]?.id ?? Infinity;
  const gaps = new Map([...log.gaps].filter(([id]) => id <= last || id >= start));
  return { ...log, rows, gaps, after: last };
}

/** Drops the oldest of too many waiting rows and leaves a gap. */
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
