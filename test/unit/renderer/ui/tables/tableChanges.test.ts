import { expect, it } from 'vitest';
import type { FetchedTable } from '#shared/model/fetched';
import { tableChanges } from '../../../../../src/renderer/src/ui/tables/tableChanges';

const table = (columns: readonly string[], ...rows: readonly (readonly string[])[]): FetchedTable => ({
  title: '',
  columns,
  rows,
});

it('tells new rows, cells that differ and how many are gone, whatever their order', () => {
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

it('says nothing where no column tells which rows are the same', () => {
  expect(tableChanges(table(['a'], ['1']), table(['a'], ['1']))).toBeNull();
});
