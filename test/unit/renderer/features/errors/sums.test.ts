/** Data of the fault charts and groups. */
import { describe, expect, it } from 'vitest';
import type { CodeSum } from '#shared/model/faultSums';
import {
  groupsInOrder,
  lastDays,
  longestAt,
  severityOfSum,
  shares,
  totalAt,
} from '../../../../../src/renderer/src/features/errors/sums';

const sum = (code: string, faults: number, active = 0): CodeSum => ({
  code,
  faults,
  active,
  activeSince: active === 0 ? null : 0,
  times: faults,
  total: 0,
  longest: 0,
  last: 0,
  machines: 1,
  flags: [{ isFatal: null, platform: null }],
});

describe('days', () => {
  it('are the last ones up to today, including those without faults', () => {
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
  it('add up to 100 per cent', () => {
    expect(shares([sum('A', 6), sum('B', 3), sum('C', 1)])).toEqual([60, 90, 100]);
    expect(shares([])).toEqual([]);
    expect(shares([sum('A', 0)])).toEqual([0]);
  });
});

describe('durations of a code', () => {
  it('go on while an error is active: the total by all active ones, the longest by the first', () => {
    const going = { ...sum('ERROR:5300', 3, 2), total: 50_000, longest: 30_000, activeSince: 980_000 };
    expect(totalAt(going, 1_000_000, 1_010_000)).toBe(70_000);
    expect(longestAt(going, 1_005_000)).toBe(30_000);
    expect(longestAt(going, 1_020_000)).toBe(40_000);
    const over = { ...going, active: 0, activeSince: null };
    expect(totalAt(over, 1_000_000, 1_010_000)).toBe(50_000);
    expect(longestAt(over, 1_020_000)).toBe(30_000);
  });
});

describe('groups', () => {
  it('are active first, then by severity, then by number', () => {
    const [low, sugar] = ['WARNING:10009', 'WARNING:10016'];
    const codes = [sum(low, 9), sum('ERROR:5300', 2), sum('ERROR:5700', 5), sum(sugar, 1, 1)];
    expect(groupsInOrder(codes).map(({ code }) => code)).toEqual([sugar, 'ERROR:5700', 'ERROR:5300', low]);
  });

  it('have the severity of their most severe report, as in the fault list', () => {
    const fatal = { isFatal: true, platform: 'linux' } as const;
    const flags = [{ isFatal: false, platform: 'linux' } as const, fatal];
    expect(severityOfSum({ code: 'ERROR:8899', flags })).toBe('fatal');
    expect(severityOfSum({ code: 'ERROR:8899', flags: [{ isFatal: true, platform: 'android' }] })).toBe(
      'fault',
    );
    expect(severityOfSum({ code: 'ERROR:5300', flags: [{ isFatal: false, platform: 'linux' }] })).toBe(
      'fault',
    );
    expect(severityOfSum({ code: 'ERROR:5300', flags: [] })).toBe('fatal');
  });
});
