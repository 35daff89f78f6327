import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '#shared/model/history';
import {
  addFaultNews,
  addFaultPage,
  emptyFaults,
  faultLimit,
  faultMatches,
  isNewer,
  shownFaults,
  type FaultLog,
} from '../../../../src/renderer/src/store/faults';
import { fault } from '../rows';

const cleared = (id: number): Fault =>
  fault(id, { clearedAt: id + 50, clearedBy: 'machine', clearedEntry: 9 });
const ids = (log: FaultLog): number[] => shownFaults(log).map(({ id }) => id);

describe('the error history as it is read', () => {
  it('shows nothing before the first page, though news came', () => {
    const log = addFaultNews(emptyFaults, [fault(3)]);
    expect(ids(log)).toEqual([]);
    expect(ids(addFaultPage(log, [fault(2)], 10))).toEqual([3, 2]);
  });

  it('news that came before the answer is newer than the answer', () => {
    const log = addFaultPage(addFaultNews(emptyFaults, [cleared(2)]), [fault(3), fault(2)], 10);
    expect(shownFaults(log)).toEqual([fault(3), cleared(2)]);
  });

  it('an old error that ends is not shown before its page is read: no hole', () => {
    const log = addFaultNews(addFaultPage(emptyFaults, [fault(9), fault(8)], 2), [cleared(3)]);
    expect(ids(log)).toEqual([9, 8]);
    const next = addFaultPage(log, [fault(7), fault(3)], 2);
    expect(ids(next)).toEqual([9, 8, 7, 3]);
    expect(shownFaults(next)[3]).toEqual(cleared(3));
    expect(next.complete).toBe(false);
    expect(addFaultPage(next, [], 2).complete).toBe(true);
  });

  it('is bounded; what falls out is read again', () => {
    const all = Array.from({ length: faultLimit }, (_, i) => fault(faultLimit + 10 - i));
    const log = addFaultNews(addFaultPage(emptyFaults, all, faultLimit + 1), [fault(faultLimit + 11)]);
    expect(log.faults.length).toBe(faultLimit);
    expect(log.complete).toBe(false);
    expect(log.cursor?.id).toBe(12);
  });

  it('whatever comes in whichever order, what is shown is the newest state, sorted, from the top', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ setAt: fc.nat(5), ends: fc.nat(30) }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        (made, pageSize) => {
          // Fault i ends at step `ends`; a page or the news is what holds at its step.
          const at = (step: number): Fault[] =>
            made
              .map(({ setAt, ends }, i) => ({ ...(ends <= step ? cleared : fault)(i + 1), setAt }))
              .toSorted((a, b) => (isNewer(a, b) ? -1 : 1));
          let log = emptyFaults;
          for (let step = 0; step <= 30; step += 1) {
            // The question was asked one step ago, the news of this step comes before its answer.
            const { cursor } = log;
            const page = at(step - 1)
              .filter((one) => cursor === null || isNewer(cursor, one))
              .slice(0, pageSize);
            const news = at(step).filter(({ id }) => made[id - 1]?.ends === step);
            log = addFaultNews(log, news);
            if (!log.complete) log = addFaultPage(log, page, pageSize);
            const shown = shownFaults(log);
            expect(shown).toEqual(at(step).slice(0, shown.length));
          }
          expect(shownFaults(log)).toEqual(at(30));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('searching errors', () => {
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
