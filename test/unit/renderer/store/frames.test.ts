import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FramePage, FrameRow } from '#shared/model/frame';
import {
  addLive,
  addOlder,
  applyMarks,
  emptyLog,
  fillGap,
  frameLimit,
  hold,
  jumpTo,
  newsCount,
  showWaiting,
  waitingLimit,
  type FrameLog,
} from '../../../../src/renderer/src/store/frames';
import { frame } from '../rows';

const range = (from: number, to: number): FrameRow[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => frame(from + index));
/** Frames `from` to `to` as main answers: newest first. */
const page = (from: number, to: number, next: number | null): FramePage => ({
  rows: range(from, to).toReversed(),
  next,
});
const ids = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);
const begun = (from: number, to: number, next: number | null = null): FrameLog =>
  addOlder(emptyLog, page(from, to, next), null);

describe('a list of frames begins', () => {
  it('with a page; what passed before its answer came is there once', () => {
    const early = addLive(emptyLog, range(4, 6), 0);
    expect(early.rows).toEqual([]);
    const log = addOlder(early, page(1, 5, null), null);
    expect(ids(log.rows)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(log.waiting).toEqual([]);
  });

  it('what was skipped before the answer is in the answer', () => {
    const early = addLive(addLive(emptyLog, range(4, 6), 3), range(9, 10), 2);
    expect([...addOlder(early, page(1, 6, null), null).gaps]).toEqual([[9, 2]]);
  });

  it('with nothing, and still takes what passes', () => {
    expect(ids(addLive(begun(1, 0), range(7, 8), 0).rows)).toEqual([7, 8]);
  });
});

describe('frames that pass', () => {
  it('are added; those already there are left out', () => {
    const log = addLive(begun(1, 3), range(3, 5), 0);
    expect(ids(log.rows)).toEqual([1, 2, 3, 4, 5]);
    expect(addLive(log, range(2, 5), 0)).toBe(log);
  });

  it('those that passed too fast leave a gap that tells how many', () => {
    const log = addLive(begun(1, 3), range(9, 10), 5);
    expect([...log.gaps]).toEqual([[9, 5]]);
  });

  it('a gap before the very first row is the past', () => {
    const log = addLive(begun(1, 0), range(9, 10), 5);
    expect(log.gaps.size).toBe(0);
    expect(log.next).toBe(9);
  });

  it('the oldest make room, and can be read again', () => {
    const log = addLive(begun(1, frameLimit), range(frameLimit + 1, frameLimit + 7), 0);
    expect(log.rows.length).toBe(frameLimit);
    expect(log.next).toBe(8);
    expect(ids(addOlder(log, page(5, 7, null), 8).rows).slice(0, 4)).toEqual([5, 6, 7, 8]);
  });
});

describe('a list that holds still', () => {
  const held = hold(begun(1, 3), true);

  it('leaves its rows alone; nothing that comes is lost', () => {
    const log = addLive(addLive(held, range(4, 5), 0), range(6, 6), 0);
    expect(log.rows).toBe(held.rows);
    expect(newsCount(log)).toBe(3);
    expect(ids(hold(log, false).rows)).toEqual([1, 2, 3, 4, 5, 6]);
    const caughtUp = showWaiting(log);
    expect(ids(caughtUp.rows)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(caughtUp.holding).toBe(true);
  });

  it('an empty one has nothing to hold', () => {
    expect(ids(addLive(hold(begun(1, 0), true), range(4, 5), 0).rows)).toEqual([4, 5]);
  });

  it('keeps the newest of very many, counts the others and has a gap for them', () => {
    let log = held;
    for (let from = 4; from < 4 + 30 * 400; from += 400) log = addLive(log, range(from, from + 299), 100);
    expect(log.waiting.length).toBe(waitingLimit);
    expect(newsCount(log)).toBe(30 * 400);
    const shown = hold(log, false);
    expect(shown.rows.length).toBe(3 + waitingLimit);
    const missing = [...shown.gaps.values()].reduce<number>((sum, some) => sum + (some ?? 0), 0);
    expect(shown.rows.length - 3 + missing).toBe(30 * 400);
  });
});

describe('the past', () => {
  it('is put before the rows; where it ends there is nothing older', () => {
    const log = addOlder(begun(7, 9, 7), page(4, 6, null), 7);
    expect(ids(log.rows)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(log.next).toBeNull();
  });

  it('an empty page only moves the place to read on', () => {
    const log = begun(7, 9, 7);
    expect(addOlder(log, page(1, 0, 3), 7)).toEqual({ ...log, next: 3 });
  });

  it('an answer to a question that is not asked any more is left', () => {
    const log = begun(7, 9, 7);
    expect(addOlder(log, page(2, 4, null), 5)).toBe(log);
  });

  it('too many rows: the newest wait again, the place in the past stays', () => {
    const half = frameLimit / 2;
    const first = hold(begun(2 * half, 3 * half, 2 * half), true);
    const log = addOlder(first, page(half - 3, 2 * half - 1, null), 2 * half);
    expect(log.rows.length).toBe(frameLimit);
    expect(log.rows[0]?.id).toBe(half - 3);
    expect(ids(log.waiting)).toEqual([3 * half - 3, 3 * half - 2, 3 * half - 1, 3 * half]);
    expect(log.gaps.size).toBe(0);
  });
});

describe('a gap', () => {
  const log = addLive(begun(1, 3), range(20, 21), 16);

  it('is filled page by page, from the newer side', () => {
    const once = fillGap(log, 20, page(12, 19, 12));
    expect(ids(once.rows)).toEqual([1, 2, 3, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]);
    expect([...once.gaps]).toEqual([[12, 8]]);
    const twice = fillGap(once, 12, page(2, 11, 2));
    expect(ids(twice.rows)).toEqual(ids(range(1, 21)));
    expect(twice.gaps.size).toBe(0);
  });

  it('one without a find is none any more', () => {
    const closed = fillGap(log, 20, page(1, 0, 3));
    expect(closed.rows).toEqual(log.rows);
    expect(closed.gaps.size).toBe(0);
  });

  it('one that is gone stays gone', () => {
    expect(fillGap(log, 21, page(1, 20, null))).toBe(log);
    expect(fillGap(log, 99, page(1, 20, null))).toBe(log);
  });
});

describe('going to a place in the past', () => {
  it('shows it, keeps the newest waiting, and nobody knows how many are between', () => {
    const log = jumpTo(hold(begun(900, 950, 900), true), page(100, 140, 100));
    expect(ids(log.rows)).toEqual(ids(range(100, 140)));
    expect(newsCount(log)).toBeNull();
    const shown = showWaiting(log);
    expect([...shown.gaps]).toEqual([[900, null]]);
    expect(ids(fillGap(shown, 900, page(130, 899, 130)).rows)).toEqual(ids(range(100, 950)));
  });
});

describe('whatever comes in whichever order', () => {
  /** A journal of frames 1 to n, of which a live feed shows some. */
  const answer = (known: number, before: number | null, limit: number): FramePage => {
    const from = Math.min(known + 1, before ?? known + 1);
    const rows = range(Math.max(1, from - limit), from - 1).toReversed();
    return { rows, next: (rows.at(-1)?.id ?? 1) === 1 ? null : (rows.at(-1)?.id ?? null) };
  };
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('live' as const),
      count: fc.integer({ min: 1, max: 9 }),
      skipped: fc.nat(4),
    }),
    fc.constant({ kind: 'older' as const }),
    fc.constant({ kind: 'fill' as const }),
    fc.record({ kind: fc.constant('hold' as const), on: fc.boolean() }),
  );

  it('rows are in order, each once, and every hole is a gap of the right size', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let known = 20;
        let log = addOlder(emptyLog, answer(known, null, 6), null);
        for (const one of steps) {
          if (one.kind === 'hold') log = hold(log, one.on);
          else if (one.kind === 'live') {
            const first = known + one.skipped + 1;
            known = first + one.count - 1;
            log = addLive(log, range(first, known), one.skipped);
          } else if (one.kind === 'older') {
            if (typeof log.next === 'number') log = addOlder(log, answer(known, log.next, 3), log.next);
          } else {
            const gap = [...log.gaps.keys()].find((id) => log.rows.some((row) => row.id === id));
            if (gap !== undefined) log = fillGap(log, gap, answer(known, gap, 2));
          }
          const all = [...log.rows, ...log.waiting];
          const holes = all.slice(1).map(({ id }, index) => id - (all[index]?.id ?? 0) - 1);
          expect(holes).toEqual(all.slice(1).map(({ id }) => log.gaps.get(id) ?? 0));
          expect(all.at(-1)?.id).toBe(known);
          expect(log.rows[0]?.id).toBe(log.next ?? 1);
        }
      }),
    );
  });
});

describe('marks', () => {
  it('are put on rows that are listed or wait, and taken off again', () => {
    const held = addLive(hold(begun(1, 3), true), range(4, 5), 0);
    const marked = applyMarks(held, [
      { entry: 2, marked: true, note: '' },
      { entry: 5, marked: false, note: 'late' },
    ]);
    expect(marked.rows.map((row) => row.mark)).toEqual([undefined, { marked: true, note: '' }, undefined]);
    expect(marked.waiting[1]?.mark).toEqual({ marked: false, note: 'late' });
    expect(marked.rows[0]).toBe(held.rows[0]);
    const off = applyMarks(marked, [{ entry: 2, marked: false, note: '' }]);
    expect(off.rows[1]).toEqual(held.rows[1]);
  });

  it('of frames that are not here change nothing', () => {
    const log = begun(1, 3);
    expect(applyMarks(log, [{ entry: 9, marked: true, note: '' }])).toBe(log);
  });
});
