/** Fault totals by code and by day, and the lists behind them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '#shared/model/history';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { batchOf, openStore } from '../../../../builders/journal';
import { fault as faultRow } from '../../../../builders/rows';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
beforeEach(() => {
  store = openStore(directory('journal.sqlite'));
});
afterEach(() => {
  store.close();
});

const platforms = { 1: 'linux', 2: 'android' } as const;
const noon = (day: number): number => new Date(2026, 10, day, 12).getTime();
let ids = 0;
function fault(code: string, setAt: number, lasted: number | null, more: Partial<Fault> = {}): Fault {
  ids += 1;
  return faultRow(ids, {
    vmcNo: 1,
    code,
    setAt,
    clearedAt: lasted === null ? null : setAt + lasted,
    clearedBy: lasted === null ? null : 'machine',
    isFatal: null,
    isPersistent: null,
    ...more,
  });
}
const keep = (...faults: readonly Fault[]): void => store.append(batchOf({ faults }));

describe('fault totals', () => {
  it('are empty for an empty journal', () => {
    expect(store.faultSums({ vmcNo: null, code: null, now: 0, platforms })).toEqual({
      at: 0,
      codes: [],
      left: 0,
      days: [],
    });
  });

  it('count faults, reports, durations and machines by code, whatever its spelling', () => {
    keep(
      fault('ERROR:5300', noon(24), 60_000),
      fault('error:5300', noon(25), 120_000, { vmcNo: 2, times: 3 }),
      fault('5300', noon(25), null, { vmcNo: 2 }),
      fault('EC_2', noon(25), 5_000),
    );
    const { codes } = store.faultSums({ vmcNo: null, code: null, now: noon(25) + 30_000, platforms });
    expect(codes).toEqual([
      {
        code: 'ERROR:5300',
        flags: [
          { isFatal: null, platform: 'linux' },
          { isFatal: null, platform: 'android' },
        ],
        faults: 3,
        times: 5,
        active: 1,
        activeSince: noon(25),
        total: 210_000,
        longest: 120_000,
        last: noon(25),
        machines: 2,
      },
      {
        code: 'EC_2',
        flags: [{ isFatal: null, platform: 'linux' }],
        faults: 1,
        times: 1,
        active: 0,
        activeSince: null,
        total: 5_000,
        longest: 5_000,
        last: noon(25),
        machines: 1,
      },
    ]);
    const ofOne = store.faultSums({ vmcNo: 1, code: null, now: noon(25), platforms });
    expect(ofOne.codes.map(({ code, faults }) => [code, faults])).toEqual([
      ['EC_2', 1],
      ['ERROR:5300', 1],
    ]);
  });

  it('know since when a code is active, whatever its spelling', () => {
    keep(
      fault('ERROR:5300', noon(25), null),
      fault('5300', noon(24), null),
      fault('error:5300', noon(23), 60_000),
    );
    const { codes } = store.faultSums({ vmcNo: null, code: null, now: noon(26), platforms });
    expect(codes.map(({ active, activeSince }) => [active, activeSince])).toEqual([[2, noon(24)]]);
  });

  it('count faults by local day, for one code too', () => {
    const midnight = new Date(2026, 10, 25).getTime();
    keep(
      fault('EC_2', midnight - 1, 1),
      fault('EC_2', midnight, 1),
      fault('ec_2', midnight + 1, 1),
      fault('ERROR:5300', noon(25), 1),
    );
    const days = store.faultSums({ vmcNo: null, code: null, now: noon(26), platforms }).days;
    expect(days.map(({ faults }) => faults)).toEqual([3, 1]);
    expect(days[0]).toMatchObject({ from: midnight, to: new Date(2026, 10, 26).getTime() });
    const ofCode = store.faultSums({ vmcNo: null, code: 'EC_2', now: noon(26), platforms }).days;
    expect(ofCode.map(({ faults }) => faults)).toEqual([2, 1]);
    // The list behind a bar has as many faults as the bar shows.
    for (const { from, to, faults } of ofCode) {
      const during = { from, to };
      const list = store.history.faults({
        vmcNo: null,
        activeOnly: false,
        code: 'ec_2',
        during,
        before: null,
        limit: 50,
      });
      expect(list).toHaveLength(faults);
    }
  });

  it('limit the number of codes and report how many are left out', () => {
    keep(
      ...Array.from({ length: 203 }, (_, n) => fault(`MADE_${n}`, noon(24), 1)),
      fault('EC_2', noon(24), 1),
      fault('EC_2', noon(24), 1),
    );
    const { codes, left } = store.faultSums({ vmcNo: null, code: null, now: noon(25), platforms });
    expect(codes).toHaveLength(200);
    expect(left).toBe(4);
    expect(codes[0]?.code).toBe('EC_2');
  });
});
