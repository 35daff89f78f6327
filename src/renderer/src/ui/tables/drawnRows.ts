import type { FetchedTable } from '#shared/model/fetched';

/** Rows of one table; a menu has some dozens. */
const mostRows = 500;
/** [ours] Characters of all rendered tables; each cell counts as this many more. */
const mostDrawn = 250_000;
const cellCost = 20;

/** [ours] Characters added by one task of the window. */
const perStep = 25_000;
export const drawingSteps = mostDrawn / perStep;

/** Rows of each table to render after this number of steps; at least one each. */
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
