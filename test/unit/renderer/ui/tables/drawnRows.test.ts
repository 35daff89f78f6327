import { expect, it } from 'vitest';
import { drawingSteps, drawnRows } from '../../../../../src/renderer/src/ui/tables/drawnRows';

const table = (rows: number, columns: number, cell = 'cell') => ({
  title: '',
  columns: Array.from({ length: columns }, (_, at) => `c${at}`),
  rows: Array.from({ length: rows }, () => Array<string>(columns).fill(cell)),
});

it('a menu is rendered completely, and 500 rows of a longer table', () => {
  expect(drawnRows([table(80, 12), table(200, 20), table(2_000, 5)])).toEqual([80, 200, 500]);
});

it('many large tables share a limit, and each shows a row', () => {
  const drawn = drawnRows(Array.from({ length: 50 }, () => table(100, 40, 'x'.repeat(500))));
  expect(drawn.slice(0, 2)).toEqual([12, 1]);
  expect(drawn.every((rows) => rows >= 1)).toBe(true);
  expect(drawn.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(70);
  expect(drawnRows([table(0, 3)])).toEqual([0]);
});

const menus = Array.from({ length: 50 }, (_, at) => ({
  title: `table ${at}`,
  columns: ['id', 'name', 'v'],
  rows: Array.from({ length: 100 }, (_row, place) => [String(place), `n${place}`, String(at)]),
}));
const cells = (steps: number): number => drawnRows(menus, steps).reduce((sum, rows) => sum + rows, 0) * 3;

it('tables of a large file are rendered in steps, each with a limit of cells', () => {
  const drawn = Array.from({ length: drawingSteps }, (_, step) => cells(step + 1));
  const added = drawn.map((count, step) => count - (drawn[step - 1] ?? 0));
  expect(Math.max(...added)).toBeLessThan(1_400);
  expect(drawn.at(-1)).toBe(drawnRows(menus).reduce((sum, rows) => sum + rows, 0) * 3);
  expect(drawn.at(-1)).toBeGreaterThan(10_000);
});

it('each table renders a row at once', () => {
  expect(Math.min(...drawnRows(menus, 1))).toBe(1);
});
