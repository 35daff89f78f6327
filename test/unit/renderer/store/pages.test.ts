import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault, FaultCursor } from '#shared/model/history';
import { faultOrdering, faultPages } from '../../../../src/renderer/src/store/faults';
import { emptyPages, rowLimit, type Log } from '../../../../src/renderer/src/store/pages';
import { fault } from '../../../builders/rows';

type FaultLog = Log<Fault, FaultCursor>;
const { addNews, addPage, shown } = faultPages;
const isNewer = (a: Fault, b: Fault): boolean =>
  faultOrdering.isNewer(faultOrdering.cursorOf(a), faultOrdering.cursorOf(b));
const empty: FaultLog = emptyPages;

const cleared = (id: number): Fault =>
  fault(id, { clearedAt: id + 50, clearedBy: 'machine', clearedEntry: 9 });
const ids = (log: FaultLog): number[] => shown(log).map(({ id }) => id);

describe('a loaded history', () => {
  it('is empty before the first page, even after news', () => {
    const log = addNews(empty, [fault(3)]);
    expect(ids(log)).toEqual([]);
    expect(ids(addPage(log, [fault(2)], 10))).toEqual([3, 2]);
  });

  it('news from before an answer override the answer', () => {
    const log = addPage(addNews(empty, [cleared(2)]), [fault(3), fault(2)], 10);
    expect(shown(log)).toEqual([fault(3), cleared(2)]);
  });

  it('the end of an old fault is hidden until its page is loaded: no hole', () => {
    const log = addNews(addPage(empty, [fault(9), fault(8)], 2), [cleared(3)]);
    expect(ids(log)).toEqual([9, 8]);
    const next = addPage(log, [fault(7), fault(3)], 2);
    expect(ids(next)).toEqual([9, 8, 7, 3]);
    expect(shown(next)[3]).toEqual(cleared(3));
    expect(next.complete).toBe(false);
    expect(addPage(next, [], 2).complete).toBe(true);
  });

  it('of a growing capture takes its newest page, and restarts if that does not reach the known rows', () => {
    const { renew } = faultPages;
    const log = addPage(empty, [fault(9), fault(8)], 2);
    expect(ids(renew(log, [fault(10), cleared(9)], 2))).toEqual([10, 9, 8]);
    expect(renew(log, [fault(10), cleared(9)], 2).complete).toBe(false);
    expect(renew(log, [fault(12), fault(11)], 2)).toMatchObject({ cursor: { id: 11 }, complete: false });
    expect(ids(renew(log, [fault(12), fault(11)], 2))).toEqual([12, 11]);
    // This page is complete: missing rows are removed.
    expect(renew(log, [fault(9)], 2)).toMatchObject({ rows: [fault(9)], complete: true });
  });

  it('is limited; dropped rows are read again', () => {
    const all = Array.from({ length: rowLimit }, (_, i) => fault(rowLimit + 10 - i));
    const log = addNews(addPage(empty, all, rowLimit + 1), [fault(rowLimit + 11)]);
    expect(log.rows.length).toBe(rowLimit);
    expect(log.complete).toBe(false);
    expect(log.cursor?.id).toBe(12);
  });

  it('in any sequence of events the newest versions are shown, sorted and without holes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ setAt: fc.nat(5), ends: fc.nat(30) }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        (made, pageSize) => {
          // Fault i ends at step `ends`; pages and news contain the state at their step.
          const at = (step: number): Fault[] =>
            made
              .map(({ setAt, ends }, i) => ({ ...(ends <= step ? cleared : fault)(i + 1), setAt }))
              .toSorted((a, b) => (isNewer(a, b) ? -1 : 1));
          let log = empty;
          for (let step = 0; step <= 30; step += 1) {
            // The request was sent one step ago; this step's news arrive before its answer.
            const { cursor } = log;
            const page = at(step - 1)
              .filter((one) => cursor === null || faultOrdering.isNewer(cursor, faultOrdering.cursorOf(one)))
              .slice(0, pageSize);
            const news = at(step).filter(({ id }) => made[id - 1]?.ends === step);
            log = addNews(log, news);
            if (!log.complete) log = addPage(log, page, pageSize);
            const seen = shown(log);
            expect(seen).toEqual(at(step).slice(0, seen.length));
          }
          expect(shown(log)).toEqual(at(30));
        },
      ),
      { numRuns: 100 },
    );
  });
});
