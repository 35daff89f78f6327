import { describe, expect, it } from 'vitest';
import {
  datedTime,
  datesOf,
  signedTime,
} from '../../../../../../src/renderer/src/features/inspector/list/times';

it.each([
  [0, '+0.000 s'],
  [3, '+0.003 s'],
  [-12_500, '-12.500 s'],
  [59_999.6, '+1:00.000'],
  [62_250, '+1:02.250'],
  [3 * 3_600_000 + 62_250, '+3:01:02.250'],
  [-30 * 3_600_000, '-30:00:00.000'],
])('%d ms is %s', (ms, text) => {
  expect(signedTime(ms)).toBe(text);
});

describe('dates in the list', () => {
  const at = (month: number, day: number, year = 2026): { readonly at: number } => ({
    at: new Date(year, month - 1, day, 10, 20, 33, 123).getTime(),
  });
  const now = at(11, 30).at;

  it('are needed for several days, or for another day than today', () => {
    expect(datesOf([], now)).toBe('none');
    expect(datesOf([at(11, 30), at(11, 30)], now)).toBe('none');
    expect(datesOf([at(11, 29), at(11, 30)], now)).toBe('day');
    expect(datesOf([at(11, 29), at(11, 29)], now)).toBe('day');
    expect(datesOf([at(12, 31, 2025), at(11, 30)], now)).toBe('year');
  });

  it('stand before the time of day, with the year only if needed', () => {
    expect(datedTime(now, '10:20:33.123', 'none')).toBe('10:20:33.123');
    expect(datedTime(now, '10:20:33.123', 'day')).toBe('11-30 10:20:33.123');
    expect(datedTime(now, '10:20:33.123', 'year')).toBe('2026-11-30 10:20:33.123');
  });
});
