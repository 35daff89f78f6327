/** Selection of faults for desktop notifications. */
import { describe, expect, it } from 'vitest';
import type { ErrorSeverity } from '#shared/model/ownErrors';
import type { Fault } from '#shared/model/history';
import type { Settings } from '#shared/model/settings';
import {
  isWithin,
  noticesOf,
  noNotices,
  type NoticeMemory,
} from '../../../../../src/main/desktop/services/faultNotices';
import { fault as faultRow } from '../../../../builders/rows';

const at = (hour: number, minute = 0): number => new Date(2026, 10, 26, hour, minute).getTime();
const start = at(12);

const fault = (id: number, more: Partial<Fault> = {}): Fault =>
  faultRow(id, { setAt: start + id, isFatal: null, isPersistent: null, ...more });
const over = (one: Fault, clearedBy: NonNullable<Fault['clearedBy']>, clearedAt = one.setAt + 1): Fault => ({
  ...one,
  clearedAt,
  clearedBy,
});

interface Chosen {
  readonly notices?: Settings['notices'];
  readonly quietHours?: Settings['quietHours'];
  readonly severity?: ErrorSeverity;
  readonly muted?: readonly string[];
  readonly now?: number;
}
/** Applies the changes step by step; returns the notified faults of each step. */
function shown(steps: readonly (readonly Fault[])[], chosen: Chosen = {}): readonly (readonly number[])[] {
  let memory: NoticeMemory = noNotices;
  return steps.map((changed) => {
    const next = noticesOf(memory, changed, {
      now: chosen.now ?? start,
      since: start,
      settings: { notices: chosen.notices ?? 'all', quietHours: chosen.quietHours ?? null },
      severity: () => chosen.severity ?? 'fatal',
      isMuted: ({ vmcNo, code }) =>
        chosen.muted?.some((one) => one === String(vmcNo) || one === code) === true,
    });
    ({ memory } = next);
    return next.due.map(({ id }) => id);
  });
}

describe('a fault whose code ended by a clock that ran ahead', () => {
  it('is shown, because the times do not tell that it came back', () => {
    const ahead = over(fault(1), 'login', start + 3_600_000);
    expect(shown([[fault(1)], [ahead], [fault(2)]])).toEqual([[1], [], [2]]);
  });
});

describe('a new fault', () => {
  it('is shown once, although it is set again and ends', () => {
    const one = fault(1);
    expect(shown([[one], [{ ...one, times: 2 }], [over(one, 'machine')]])).toEqual([[1], [], []]);
  });

  it('from before the start is not shown, even if it is set again', () => {
    expect(shown([[fault(1, { setAt: start - 1 })], [fault(1, { setAt: start - 1, times: 2 })]])).toEqual([
      [],
      [],
    ]);
  });

  it('that ended before it could be shown is not shown', () => {
    const one = fault(1);
    expect(shown([[over(one, 'machine')], [one]])).toEqual([[], []]);
  });

  it('is shown again as a new fault after its machine reported the end', () => {
    const one = fault(1);
    expect(shown([[one], [over(one, 'machine')], [fault(2)]])).toEqual([[1], [], [2]]);
  });

  it.each(['login', 'restart', 'forgotten', 'person'] as const)(
    'that returns within ten minutes after it ended by %s is not shown; later it is',
    (by) => {
      const one = fault(1);
      const gone = over(one, by, start + 10);
      const back = fault(2, { code: '5300', setAt: start + 10 + 599_999 });
      const later = fault(3, { setAt: start + 10 + 600_000 });
      const other = fault(4, { vmcNo: 44_401 });
      expect(shown([[one], [gone], [back, later, other]])).toEqual([[1], [], [3, 4]]);
    },
  );

  it.each([
    ['all', 'fatal', true],
    ['all', 'fault', true],
    ['all', 'warning', true],
    ['all', 'info', false],
    ['fatal', 'fatal', true],
    ['fatal', 'fault', false],
    ['none', 'fatal', false],
  ] as const)('with %s chosen and %s: shown %s', (notices, severity, isShown) => {
    expect(shown([[fault(1)]], { notices, severity })).toEqual([isShown ? [1] : []]);
  });

  it('of a muted machine or code is not shown', () => {
    expect(shown([[fault(1)]], { muted: ['33232'] })).toEqual([[]]);
    expect(shown([[fault(1)]], { muted: ['ERROR:5300'] })).toEqual([[]]);
    expect(shown([[fault(1)]], { muted: ['44401', 'EC_2'] })).toEqual([[1]]);
  });

  it('in quiet hours is not shown, nor afterwards', () => {
    const quietHours = { from: '11:00', to: '13:00' };
    let { memory, due } = noticesOf(noNotices, [fault(1)], {
      now: at(12, 30),
      since: start,
      settings: { notices: 'all', quietHours },
      severity: () => 'fatal',
      isMuted: () => false,
    });
    expect(due).toEqual([]);
    ({ memory, due } = noticesOf(memory, [fault(1, { times: 2 }), fault(2, { code: 'EC_2' })], {
      now: at(13),
      since: start,
      settings: { notices: 'all', quietHours },
      severity: () => 'fatal',
      isMuted: () => false,
    }));
    expect(due.map(({ id }) => id)).toEqual([2]);
    expect(memory.known.size).toBe(2);
  });
});

describe('quiet hours', () => {
  it.each([
    ['22:00', '06:00', at(23), true],
    ['22:00', '06:00', at(5, 59), true],
    ['22:00', '06:00', at(6), false],
    ['22:00', '06:00', at(21, 59), false],
    ['12:00', '14:30', at(14, 29), true],
    ['12:00', '14:30', at(14, 30), false],
    ['08:00', '08:00', at(3), true],
  ])('from %s to %s at %d: %s', (from, to, now, isQuiet) => {
    expect(isWithin({ from, to }, now)).toBe(isQuiet);
  });
});
