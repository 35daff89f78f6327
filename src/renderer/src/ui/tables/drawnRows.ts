import type { FetchedTable } from '#shared/model/fetched';

/** Of a table: a menu has some dozens. */
const mostRows = 500;
/** [ours] Characters of all tables that are drawn at once, each cell counted as this many more. */
const mostDrawn = 250_000;
const cellCost = 20;

/** How many rows of each table are drawn; of each one at least. */
export function drawnRows(tables: readonly FetchedTable[]): readonly number[] {
  let left = mostDrawn;
  return tables.map(({ rows }) => {
    let drawn = 0;
    for (const row of rows.slice(0, mostRows)) {
      left -= row.reduce((sum, cell) => sum + cell.length + cellCost, 0);
      if (left < 0 && drawn > 0) break;
      drawn += 1;
    }
    return drawn;
  });
}
