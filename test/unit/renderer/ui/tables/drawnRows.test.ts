import { expect, it } from 'vitest';
import { drawnRows } from '../../../../../src/renderer/src/ui/tables/drawnRows';

const table = (rows: number, columns: number, cell = 'cell') => ({
  title: '',
  columns: Array.from({ length: columns }, (_, at) => `c${at}`),
  rows: Array.from({ length: rows }, () => Array<string>(columns).fill(cell)),
});

it('a menu is drawn whole, and of a longer table 500 rows', () => {
  expect(drawnRows([table(80, 12), table(200, 20), table(2_000, 5)])).toEqual([80, 200, 500]);
});

it('what is drawn of many large tables is bounded together, and each shows a row', () => {
  const drawn = drawnRows(Array.from({ length: 50 }, () => table(100, 40, 'x'.repeat(500))));
  expect(drawn.slice(0, 2)).toEqual([12, 1]);
  expect(drawn.every((rows) => rows >= 1)).toBe(true);
  expect(drawn.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(70);
  expect(drawnRows([table(0, 3)])).toEqual([0]);
});
