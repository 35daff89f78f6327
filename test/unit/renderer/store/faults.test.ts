import { describe, expect, it } from 'vitest';
import { faultMatches, faultOrdering } from '../../../../src/renderer/src/store/faults';
import { fault } from '../../../builders/rows';

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
