import { expect, it } from 'vitest';
import { isoDate, listTime } from '../../../../src/renderer/src/text/listTime';
import { wordsOf } from '../../../builders/wordsOf';

const at = new Date(2026, 0, 5, 3, 23, 47, 250).getTime();

it('a date is written with the year first', () => {
  expect(isoDate(at)).toBe('2026-01-05');
});

it('a time in a list has the date on another day, in 16 characters at most', () => {
  const en = wordsOf('en');
  expect(listTime(en, at, new Date(2026, 0, 5, 23, 59).getTime())).toBe('03:23:47');
  expect(listTime(en, at, new Date(2026, 0, 6).getTime())).toBe('2026-01-05 03:23');
});
