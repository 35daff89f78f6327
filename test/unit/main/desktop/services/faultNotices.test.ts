/** Of which faults the desktop tells. */
import { describe, expect, it } from 'vitest';
import type { ErrorSeverity } from '#shared/errors/severity';
import type { Fault } from '#shared/model/history';
import type { Settings } from '#shared/model/settings';
import {
  isWithin,
  noticesOf,
  nothingTold,
  type NoticeMemory,
} from '../../../../../src/main/desktop/services/faultNotices';

const at = (hour: number, minute = 0): number => new Date(2026, 10, 26, hour, minute).getTime();
const start = at(12);

const fault = (id: number, more: Partial<Fault> = {}): Fault => ({
  id,
  vmcNo: 33_232,
  code: 'ERROR:5300',
  description: null,
  setAt: start + id,
  clearedAt: null,
  clearedEntry: null,
  clearedBy: null,
  times: 1,
  isFatal: null,
  isPersistent: null,
  ...more,
});
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
/** Takes what changed step by step; gives what is told at each. */
function told(steps: readonly (readonly Fault[])[], chosen: Chosen = {}): readonly (readonly number[])[] {
  let memory: NoticeMemory = nothingTold;
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
    return next.tell.map(({ id }) => id);
  });
}

describe('a new fault', () => {
  it('is told once, however often it is set again and whatever becomes of it', () => {
    const one = fault(1);
    expect(told([[one], [{ ...one, times: 2 }], [over(one, 'machine')]])).toEqual([[1], [], []]);
  });

  it('of before the start is not told, also where it is set again', () => {
    expect(told([[fault(1, { setAt: start - 1 })], [fault(1, { setAt: start - 1, times: 2 })]])).toEqual([
      [],
      [],
    ]);
  });

  it('that was over before anybody could be told is not told', () => {
    const one = fault(1);
    expect(told([[over(one, 'machine')], [one]])).toEqual([[], []]);
  });

  it('is told again as another one once its machine had said that it was over', () => {
    const one = fault(1);
    expect(told([[one], [over(one, 'machine')], [fault(2)]])).toEqual([[1], [], [2]]);
  });

  it.each(['login', 'restart', 'forgotten', 'person'] as const)(
    'that comes back within ten minutes after it ended by %s is not told, later it is',
    (by) => {
      const one = fault(1);
      const gone = over(one, by, start + 10);
      const back = fault(2, { code: '5300', setAt: start + 10 + 599_999 });
      const later = fault(3, { setAt: start + 10 + 600_000 });
      const other = fault(4, { vmcNo: 44_401 });
      expect(told([[one], [gone], [back, later, other]])).toEqual([[1], [], [3, 4]]);
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
  ] as const)('with %s chosen and %s: told %s', (notices, severity, isTold) => {
    expect(told([[fault(1)]], { notices, severity })).toEqual([isTold ? [1] : []]);
  });

  it('of a muted machine or code is not told', () => {
    expect(told([[fault(1)]], { muted: ['33232'] })).toEqual([[]]);
    expect(told([[fault(1)]], { muted: ['ERROR:5300'] })).toEqual([[]]);
    expect(told([[fault(1)]], { muted: ['44401', 'EC_2'] })).toEqual([[1]]);
  });

  it('in quiet hours is not told, nor when they are over', () => {
    const quietHours = { from: '11:00', to: '13:00' };
    let { memory, tell } = noticesOf(nothingTold, [fault(1)], {
      now: at(12, 30),
      since: start,
      settings: { notices: 'all', quietHours },
      severity: () => 'fatal',
      isMuted: () => false,
    });
    expect(tell).toEqual([]);
    ({ memory, tell } = noticesOf(memory, [fault(1, { times: 2 }), fault(2, { code: 'EC_2' })], {
      now: at(13),
      since: start,
      settings: { notices: 'all', quietHours },
      severity: () => 'fatal',
      isMuted: () => false,
    }));
    expect(tell.map(({ id }) => id)).toEqual([2]);
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
