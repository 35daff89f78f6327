/** The loaded part of a history: pages from the newest on, and later changes of their rows. */

/** Identity and order of the rows of a history. */
export interface Ordering<Row, Cursor> {
  /** Each row has one id, which never changes. */
  readonly idOf: (row: Row) => number;
  /** The cursor of a page that ends with this row. */
  readonly cursorOf: (row: Row) => Cursor;
  readonly isNewer: (a: Cursor, b: Cursor) => boolean;
  /** Merges a known row with a newer one; default: the newer. */
  readonly joined?: (known: Row, newer: Row) => Row;
}

export interface Log<Row, Cursor> {
  /** Newest first. */
  readonly rows: readonly Row[];
  /** The end of the loaded pages; `null` before the first. Rows below it come from news only. */
  readonly cursor: Cursor | null;
  /** There are no older rows. */
  readonly complete: boolean;
}
export const emptyPages: Log<never, never> = { rows: [], cursor: null, complete: false };

/** Row limit; beyond it the oldest are dropped, and read again when needed. */
export const rowLimit = 20_000;

export interface Pages<Row, Cursor> {
  /** Adds the answer to a query for `limit` rows older than the cursor. Newer news stay. */
  readonly addPage: (log: Log<Row, Cursor>, page: readonly Row[], limit: number) => Log<Row, Cursor>;
  /** Replaces the newest page. If it does not reach the known rows, older pages are read again. */
  readonly renew: (log: Log<Row, Cursor>, page: readonly Row[], limit: number) => Log<Row, Cursor>;
  /** Applies changes of rows. */
  readonly addNews: (log: Log<Row, Cursor>, news: readonly Row[]) => Log<Row, Cursor>;
  /** Without holes: rows below the cursor are hidden until their page is read. */
  readonly shown: (log: Log<Row, Cursor>) => readonly Row[];
}

export function createPages<Row, Cursor>({
  idOf,
  cursorOf,
  isNewer,
  joined = (_known, newer) => newer,
}: Ordering<Row, Cursor>): Pages<Row, Cursor> {
  /** `wins` takes precedence where both have a row. */
  const merge = (rows: readonly Row[], wins: readonly Row[]): readonly Row[] => {
    const byId = new Map<number, Row>();
    for (const row of rows) byId.set(idOf(row), row);
    for (const row of wins) {
      const known = byId.get(idOf(row));
      byId.set(idOf(row), known === undefined ? row : joined(known, row));
    }
    return [...byId.values()].toSorted((a, b) => (isNewer(cursorOf(a), cursorOf(b)) ? -1 : 1));
  };
  const endOf = (rows: readonly Row[]): Cursor | null => {
    const last = rows.at(-1);
    return last === undefined ? null : cursorOf(last);
  };
  return {
    addPage: (log, page, limit) => ({
      rows: merge(page, log.rows),
      cursor: endOf(page) ?? log.cursor,
      complete: page.length < limit,
    }),
    renew: (log, page, limit) => {
      const known = new Set(log.rows.map(idOf));
      const isWhole = page.length < limit;
      if (!isWhole && page.some((row) => known.has(idOf(row))))
        return { ...log, rows: merge(log.rows, page) };
      return { rows: page, cursor: endOf(page), complete: isWhole };
    },
    addNews: (log, news) => {
      if (news.length === 0) return log;
      const rows = merge(log.rows, news);
      if (rows.length <= rowLimit) return { ...log, rows };
      const kept = rows.slice(0, rowLimit);
      return { rows: kept, cursor: endOf(kept), complete: false };
    },
    shown: ({ rows, cursor, complete }) => {
      if (complete) return rows;
      return cursor === null ? [] : rows.filter((row) => !isNewer(cursor, cursorOf(row)));
    },
  };
}

/** Whether each term of the query occurs in one of the texts. */
export function matchesWords(query: string, searched: readonly (string | number | null)[]): boolean {
  const text = searched.join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
