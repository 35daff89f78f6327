/** The columns of the machine table in windows of any width. */
import { describe, expect, it } from 'vitest';
import { columnsWithin } from '../../../../../../src/renderer/src/features/machines/table/grid';
import { firstView, tableColumns } from '../../../../../../src/renderer/src/store/machineTable';

describe('the columns of the machine table', () => {
  it('are all shown if there is space', () => {
    expect(columnsWithin(2_000, tableColumns)).toEqual(tableColumns);
    expect(columnsWithin(1_290, firstView.columns)).toEqual(firstView.columns);
  });

  it('leave out the least important ones in a narrow window', () => {
    expect(columnsWithin(824, firstView.columns)).toEqual([
      'number',
      'name',
      'sentence',
      'sells',
      'problems',
    ]);
  });

  it('always have the number and the status, in the order of the view', () => {
    expect(columnsWithin(0, tableColumns)).toEqual(['number', 'sentence']);
    for (let width = 0; width < 2_000; width += 50) {
      const shown = columnsWithin(width, tableColumns);
      expect(tableColumns.filter((column) => shown.includes(column))).toEqual(shown);
    }
  });
});
