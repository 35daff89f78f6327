import { expect, it } from 'vitest';
import type { FetchedTable } from '#shared/model/fetched';
import { tableChanges } from '../../../../../src/renderer/src/ui/tables/tableChanges';

const table = (columns: readonly string[], ...rows: readonly (readonly string[])[]): FetchedTable => ({
  title: '',
  columns,
  rows,
});

it('finds new rows, differing cells and the number of removed rows, in any order', () => {
  const before = table(['productId', 'price'], ['101', '900'], ['102', '800'], ['103', '700']);
  const now = table(
    ['productId', 'price', 'hot'],
    ['103', '700', ''],
    ['101', '950', 'yes'],
    ['104', '600', ''],
  );
  expect(tableChanges(now, before)).toEqual({
    added: new Set([2]),
    changed: new Map([
      [
        1,
        new Map([
          ['price', '900'],
          ['hot', ''],
        ]),
      ],
    ]),
    gone: 1,
  });
});

it('is empty if no column identifies the rows', () => {
  expect(tableChanges(table(['a'], ['1']), table(['a'], ['1']))).toBeNull();
});
