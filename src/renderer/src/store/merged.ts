/** Rows of several sources in one list, newest first. Each source has its own pages and its own cursor. */
import type { AppError } from '#shared/contract/errors';
import type { Log } from './pages';

/** A source of rows: this computer, or a journal of a site. */
export interface MergedPlace {
  /** `null`: this computer. */
  readonly capture: number | null;
  readonly site: string;
}

export interface Part<Row, Cursor> {
  readonly place: MergedPlace;
  readonly log: Log<Row, Cursor>;
  /** The first page was read. */
  readonly begun: boolean;
  /** It takes long to answer: the list does not wait for it. */
  readonly isLate: boolean;
  /** Why it was not read; `null`: it was. */
  readonly error: AppError | null;
  /** Time of its newest row: it is read when the list gets there. `null`: it is read at once. */
  readonly until: number | null;
}

export interface MergedRow<Row> {
  /** Stays until the window closes. */
  readonly key: number;
  readonly place: MergedPlace;
  readonly row: Row;
}

/** Rows of all sources together. */
export const mergedLimit = 20_000;

/** A number that no other row of the list has. Sources have their own numbers, by their order of appearance. */
const mostPlaces = 4_096;
const places = new Map<number | null, number>();
function keyOf(capture: number | null, id: number): number {
  const number = places.get(capture) ?? places.size;
  places.set(capture, number);
  return id * mostPlaces + number;
}

/** The list waits for older rows of this source. */
const isWaitedFor = <Row, Cursor>({ log, isLate, error }: Part<Row, Cursor>): boolean =>
  !log.complete && !isLate && error === null;

/** All rows of a source at or after this time are known; the clock of the source counts. */
function reachOf<Row, Cursor>(part: Part<Row, Cursor>, atOf: (row: Row) => number): number {
  const last = part.log.rows.at(-1);
  if (!part.begun && part.until !== null) return part.until + 1;
  return !part.begun || last === undefined ? Infinity : atOf(last);
}

interface Merged<Row> {
  /** Down to the time that all sources have reached. Equal times are in the order of the sources. */
  readonly rows: readonly MergedRow<Row>[];
  /** The sources that must be read for older rows. */
  readonly next: readonly MergedPlace[];
  /** There are no older rows, or the list is full. */
  readonly complete: boolean;
  readonly isFull: boolean;
}

interface Ordered<Row> {
  readonly atOf: (row: Row) => number;
  readonly idOf: (row: Row) => number;
}

const allRows = <Row, Cursor>(
  parts: readonly Part<Row, Cursor>[],
  { atOf, idOf }: Ordered<Row>,
): MergedRow<Row>[] =>
  parts
    .flatMap(({ place, log }) =>
      log.rows.map((row) => ({ key: keyOf(place.capture, idOf(row)), place, row })),
    )
    // Stable: rows of one source with the same time stay in the order of its journal.
    .toSorted((a, b) => atOf(b.row) - atOf(a.row));

export function mergedRows<Row, Cursor>(
  parts: readonly Part<Row, Cursor>[],
  ordered: Ordered<Row>,
): Merged<Row> {
  const waited = parts.filter(isWaitedFor);
  const horizon = Math.max(-Infinity, ...waited.map((part) => reachOf(part, ordered.atOf)));
  const rows = allRows(parts, ordered).filter(({ row }) => ordered.atOf(row) >= horizon);
  const isFull = parts.reduce((sum, { log }) => sum + log.rows.length, 0) >= mergedLimit;
  return {
    rows,
    next: isFull
      ? []
      : waited.filter((part) => reachOf(part, ordered.atOf) === horizon).map(({ place }) => place),
    complete: isFull || parts.every(({ log, error }) => log.complete || error !== null),
    isFull,
  };
}

/** Drops the oldest of too many rows. They are read again when needed. */
export function trimmed<Row, Cursor>(
  parts: readonly Part<Row, Cursor>[],
  ordered: Ordered<Row> & { readonly cursorOf: (row: Row) => Cursor },
): readonly Part<Row, Cursor>[] {
  const count = parts.reduce((sum, { log }) => sum + log.rows.length, 0);
  if (count <= mergedLimit) return parts;
  const kept = new Set(
    allRows(parts, ordered)
      .slice(0, mergedLimit)
      .map(({ key }) => key),
  );
  return parts.map((part) => {
    const rows = part.log.rows.filter((row) => kept.has(keyOf(part.place.capture, ordered.idOf(row))));
    if (rows.length === part.log.rows.length) return part;
    const last = rows.at(-1);
    // Without a row it begins again with its newest page.
    const cursor = last === undefined ? null : ordered.cursorOf(last);
    return { ...part, log: { rows, cursor, complete: false }, begun: cursor !== null };
  });
}
