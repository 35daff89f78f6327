/**
 * A list of frames as far as the window has it: pages of the past, what passes now, and the gaps between them. Bounded; what is
 * let go is in the journal and can be read again.
 */
import type { FramePage, FrameRow } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';

/** Rows in the list. */
export const frameLimit = 50_000;
/** Newer rows that wait while the list holds still. */
export const waitingLimit = 5_000;

/** How many frames are missing; `null`: nobody has counted them. */
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
  /** What is newer waits instead of being shown. */
  readonly holding: boolean;
}
export const emptyLog: FrameLog = {
  rows: [],
  gaps: new Map(),
  waiting: [],
  next: undefined,
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
  if (log.next === undefined || (log.holding && log.rows.length > 0)) return trimWaiting(next);
  return showWaiting(next);
}

/** The list holds still, or goes on with what came meanwhile. */
export function hold(log: FrameLog, holding: boolean): FrameLog {
  if (log.holding === holding) return log;
  const next = { ...log, holding };
  return holding || log.next === undefined ? next : showWaiting(next);
}

/** What waits is shown; the oldest rows make room for it. */
export function showWaiting(log: FrameLog): FrameLog {
  if (log.waiting.length === 0) return log;
  const all = [...log.rows, ...log.waiting];
  const rows = all.length > frameLimit ? all.slice(-frameLimit) : all;
  const first = rows[0]?.id ?? 0;
  // A gap before the first row is the past, which is read by itself.
  if (rows === all && !log.gaps.has(first)) return { ...log, rows, waiting: [] };
  return { ...log, rows, waiting: [], gaps: gapsFrom(log.gaps, first), next: first };
}

/**
 * The answer to the question for what is older than `before`; `null`: for the newest, with which a list begins. One that does
 * not fit any more, since rows were let go meanwhile, is left.
 */
export function addOlder(log: FrameLog, page: FramePage, before: number | null): FrameLog {
  if ((log.next ?? null) !== before) return log;
  const older = page.rows.toReversed();
  if (log.next === undefined) {
    const last = older.at(-1)?.id ?? 0;
    const newer = log.waiting.filter(({ id }) => id > last);
    return {
      ...log,
      rows: [...older, ...newer],
      waiting: [],
      gaps: gapsFrom(log.gaps, last),
      next: page.next,
    };
  }
  const first = log.rows[0]?.id ?? Infinity;
  const rows = [...older.filter(({ id }) => id < first), ...log.rows];
  return trimNewest({ ...log, rows, next: page.next });
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

/** Goes to a place in the past: the page becomes the list, the newest rows wait, and between them is a gap. */
export function jumpTo(log: FrameLog, page: FramePage): FrameLog {
  const rows = page.rows.toReversed();
  const last = rows.at(-1)?.id ?? 0;
  const waiting = [...log.rows, ...log.waiting].filter(({ id }) => id > last).slice(-waitingLimit);
  const start = waiting[0]?.id;
  const gaps = new Map(start === undefined ? [] : gapsFrom(log.gaps, start));
  if (start !== undefined) gaps.set(start, null);
  return { ...log, rows, waiting, gaps, next: page.next };
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

/** How many frames wait to be shown, those in their gaps included. */
export function newsCount({ waiting, gaps }: FrameLog): Missing {
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

/** Too many rows: the newest of them wait, since who reads the past is not looking at them. */
function trimNewest(log: FrameLog): FrameLog {
  if (log.rows.length <= frameLimit) return log;
  const waiting = [...log.rows.slice(frameLimit), ...log.waiting];
  return trimWaiting({ ...log, rows: log.rows.slice(0, frameLimit), waiting });
}

/** Too many wait: the oldest of them are let go, and a gap says so. */
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
