import type { FetchedTable } from '#shared/model/fetched';

/** Of a table: a menu has some dozens. */
const mostRows = 500;
/** [ours] Characters of all tables that are drawn at once, each cell counted as this many more. */
const mostDrawn = 250_000;
const cellCost = 20;

/** [ours] So much more is drawn in one task of the window. */
const perStep = 25_000;
export const drawingSteps = mostDrawn / perStep;

/** How many rows of each table are drawn after so many steps; of each one at least. */
export function drawnRows(tables: readonly FetchedTable[], steps: number = drawingSteps): readonly number[] {
  let left = steps * perStep;
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
