/** What charts and groups of errors are made of. */
import { describe, expect, it } from 'vitest';
import type { CodeSum } from '#shared/model/faultSums';
import { groupsInOrder, lastDays, shares } from '../../../../../src/renderer/src/features/errors/sums';

const sum = (code: string, faults: number, active = 0): CodeSum => ({
  code,
  faults,
  active,
  times: faults,
  total: 0,
  longest: 0,
  last: 0,
  machines: 1,
});

describe('days', () => {
  it('are the last ones up to today, those without errors too', () => {
    const now = new Date(2026, 10, 26, 13).getTime();
    const known = {
      from: new Date(2026, 10, 25).getTime(),
      to: new Date(2026, 10, 26).getTime(),
      faults: 4,
    };
    const old = { ...known, from: new Date(2026, 9, 1).getTime(), faults: 9 };
    const days = lastDays([known, old], now, 3);
    expect(days.map(({ faults }) => faults)).toEqual([0, 4, 0]);
    expect(days.map(({ from }) => new Date(from).getDate())).toEqual([24, 25, 26]);
    expect(days.every(({ from, to }) => new Date(to).getDate() === new Date(from).getDate() + 1)).toBe(true);
  });
});

describe('shares', () => {
  it('add up to all', () => {
    expect(shares([sum('A', 6), sum('B', 3), sum('C', 1)])).toEqual([60, 90, 100]);
    expect(shares([])).toEqual([]);
    expect(shares([sum('A', 0)])).toEqual([0]);
  });
});

describe('groups', () => {
  it('have those that are active first, then the worse, then the more frequent', () => {
    const severity = (code: string) => (code.startsWith('F') ? 'fatal' : 'warning');
    const codes = [sum('W1', 9), sum('F1', 2), sum('F2', 5), sum('W2', 1, 1)];
    expect(groupsInOrder(codes, severity).map(({ code }) => code)).toEqual(['W2', 'F2', 'F1', 'W1']);
  });
});
