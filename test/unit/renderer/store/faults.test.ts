import { describe, expect, it } from 'vitest';
import { faultMatches, faultOrdering, haveOtherPlatforms } from '../../../../src/renderer/src/store/faults';
import { fault, row } from '../../../builders/rows';

describe('the order of faults', () => {
  it('is by start; of two with the same start, the later entry is newer', () => {
    const { isNewer, cursorOf } = faultOrdering;
    const at = (setAt: number, id: number) => cursorOf(fault(id, { setAt }));
    expect(isNewer(at(2, 1), at(1, 9))).toBe(true);
    expect(isNewer(at(1, 9), at(2, 1))).toBe(false);
    expect(isNewer(at(1, 2), at(1, 1))).toBe(true);
    expect(isNewer(at(1, 1), at(1, 1))).toBe(false);
  });
});

describe('a search for faults', () => {
  const one = fault(1, { vmcNo: 33232, code: 'ERROR:5300', description: '缺杯 slot B' });
  const facts = { name: 'Lobby', title: 'No cups' };
  it.each(['', '332', 'lobby', 'error:5300', 'no CUPS', 'cups 33232', 'SLOT', '缺杯'])(
    '%j finds it',
    (query) => {
      expect(faultMatches(one, query, facts)).toBe(true);
    },
  );
  it.each(['33233', 'cups hall', '5301'])('%j does not', (query) => {
    expect(faultMatches(one, query, facts)).toBe(false);
  });
});

describe('the programs of the machines', () => {
  const machines = (...rows: readonly ReturnType<typeof row>[]) =>
    new Map(rows.map((one) => [one.vmcNo, one] as const));
  const before = machines(row(1), row(2, { platform: null }));

  it('stay the same when other facts change, and when machines without a known program come and go', () => {
    expect(haveOtherPlatforms(before, before)).toBe(false);
    expect(haveOtherPlatforms(machines(row(1, { lastHeard: 9 }), row(2, { platform: null })), before)).toBe(
      false,
    );
    expect(haveOtherPlatforms(machines(row(1)), before)).toBe(false);
    expect(haveOtherPlatforms(before, machines(row(1)))).toBe(false);
  });

  it('differ when one changes, becomes known, or goes', () => {
    expect(haveOtherPlatforms(machines(row(1, { platform: 'android' }), row(2)), before)).toBe(true);
    expect(haveOtherPlatforms(machines(row(1), row(2)), before)).toBe(true);
    expect(haveOtherPlatforms(machines(row(2, { platform: null })), before)).toBe(true);
  });
});
