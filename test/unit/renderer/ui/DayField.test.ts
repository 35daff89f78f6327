/** Days that are typed. */
import { expect, it } from 'vitest';
import { isDay } from '../../../../src/renderer/src/ui/DayField';

it('a day is year, month and day that exist', () => {
  expect(['2026-12-01', '2024-02-29', '0999-01-31'].map(isDay)).toEqual([true, true, true]);
  const others = ['', '2026-12', '2026-2-1', '2026-02-30', '2025-02-29', '2026-13-01', '12/01/2026'];
  expect(others.filter(isDay)).toEqual([]);
});
