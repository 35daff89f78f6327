import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FramePage, FrameRow } from '#shared/model/frame';
import {
  addLive,
  addNamed,
  addNewer,
  addOlder,
  applyMarks,
  emptyLog,
  fillGap,
  followLimit,
  frameLimit,
  hold,
  newsCount,
  showPage,
  showWaiting,
  waitingLimit,
  type FrameLog,
} from '../../../../src/renderer/src/store/frames';
import { frame } from '../../../builders/rows';

const range = (from: number, to: number): FrameRow[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => frame(from + index));
/** Frames `from` to `to` as in answers of main: newest first. */
const page = (from: number, to: number, next: number | null): FramePage => ({
  rows: range(from, to).toReversed(),
  next,
});
const ids = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);
const begun = (from: number, to: number, next: number | null = null): FrameLog =>
  showPage(emptyLog, page(from, to, next).rows, { next, after: null });

describe('a list of frames begins', () => {
  it('with a page; live frames from before the answer occur once', () => {
    const early = addLive(emptyLog, range(4, 6), 0);
    expect(early.rows).toEqual([]);
    const log = showPage(early, page(1, 5, null).rows, { next: null, after: null });
    expect(ids(log.rows)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(log.waiting).toEqual([]);
  });

  it('with an answer that contains the frames skipped before it', () => {
    const early = addLive(addLive(emptyLog, range(4, 6), 3), range(9, 10), 2);
    expect([...showPage(early, page(1, 6, null).rows, { next: null, after: null }).gaps]).toEqual([[9, 2]]);
  });

  it('empty, and still takes live frames', () => {
    expect(ids(addLive(begun(1, 0), range(7, 8), 0).rows)).toEqual([7, 8]);
  });
});

describe('live frames', () => {
  it('are added; existing ones are skipped', () => {
    const log = addLive(begun(1, 3), range(3, 5), 0);
    expect(ids(log.rows)).toEqual([1, 2, 3, 4, 5]);
    expect(addLive(log, range(2, 5), 0)).toBe(log);
  });

  it('an earlier frame that is now assigned to a machine takes its place, in any list', () => {
    const named = { ...frame(4), vmcNo: 7 };
    const all = begun(1, 6);
    expect(addNamed(all, [named]).rows).toEqual([...range(1, 3), named, ...range(5, 6)]);
    const mine = showPage(emptyLog, [frame(6), frame(2)], { next: null, after: null });
    expect(ids(addNamed(mine, [named]).rows)).toEqual([2, 4, 6]);
    expect(ids(addNamed(addLive(begun(1, 0), [frame(6)], 0), [named]).rows)).toEqual([4, 6]);
    const held = addLive(hold(begun(1, 3), true), range(5, 6), 0);
    expect(ids(addNamed(held, [named]).waiting)).toEqual([4, 5, 6]);
    const later = begun(5, 6, 5);
    expect(addNamed(later, [named])).toBe(later);
  });

  it('too fast to show leave a gap with their number', () => {
    const log = addLive(begun(1, 3), range(9, 10), 5);
    expect([...log.gaps]).toEqual([[9, 5]]);
  });

  it('a gap before the very first row is read with older pages', () => {
    const log = addLive(begun(1, 0), range(9, 10), 5);
    expect(log.gaps.size).toBe(0);
    expect(log.next).toBe(9);
  });

  it('the oldest rows make room, and can be read again', () => {
    const full = begun(1, 2 * followLimit);
    const log = addLive(full, range(2 * followLimit + 1, 2 * followLimit + 7), 0);
    expect(log.rows.length).toBe(followLimit);
    expect(log.next).toBe(followLimit + 8);
    const older = addOlder(log, page(followLimit + 5, followLimit + 7, null), followLimit + 8);
    expect(ids(older.rows).slice(0, 4)).toEqual([5, 6, 7, 8].map((n) => followLimit + n));
  });
});

describe('a held list', () => {
  const held = hold(begun(1, 3), true);

  it('keeps its rows and loses no new ones', () => {
    const log = addLive(addLive(held, range(4, 5), 0), range(6, 6), 0);
    expect(log.rows).toBe(held.rows);
    expect(newsCount(log)).toBe(3);
    expect(ids(hold(log, false).rows)).toEqual([1, 2, 3, 4, 5, 6]);
    const caughtUp = showWaiting(log);
    expect(ids(caughtUp.rows)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(caughtUp.holding).toBe(true);
  });

  it('holds nothing if empty', () => {
    expect(ids(addLive(hold(begun(1, 0), true), range(4, 5), 0).rows)).toEqual([4, 5]);
  });

  it('keeps the newest of very many rows, and counts the others in a gap', () => {
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

describe('older pages', () => {
  it('are inserted before the rows; the last one ends the list', () => {
    const log = addOlder(begun(7, 9, 7), page(4, 6, null), 7);
    expect(ids(log.rows)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(log.next).toBeNull();
  });

  it('an empty page only moves the reading position', () => {
    const log = begun(7, 9, 7);
    expect(addOlder(log, page(1, 0, 3), 7)).toEqual({ ...log, next: 3 });
  });

  it('a late answer to an outdated request is ignored', () => {
    const log = begun(7, 9, 7);
    expect(addOlder(log, page(2, 4, null), 5)).toBe(log);
  });

  it('beyond the limit the newest rows are dropped and can be read again; the reading position stays', () => {
    const half = frameLimit / 2;
    const first = hold(begun(2 * half, 3 * half, 2 * half), true);
    const log = addOlder(first, page(half - 3, 2 * half - 1, null), 2 * half);
    expect(log.rows.length).toBe(frameLimit);
    expect(log.rows[0]?.id).toBe(half - 3);
    expect(log.after).toBe(3 * half - 4);
    expect(newsCount(log)).toBeNull();
    const back = addNewer(log, page(3 * half - 3, 3 * half, null), 3 * half - 4);
    expect(back.after).toBeNull();
    expect(back.rows.length).toBe(frameLimit);
    expect(back.rows.at(-1)?.id).toBe(3 * half);
    expect(back.next).toBe(half + 1);
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

  it('without matching frames disappears', () => {
    const closed = fillGap(log, 20, page(1, 0, 3));
    expect(closed.rows).toEqual(log.rows);
    expect(closed.gaps.size).toBe(0);
  });

  it('that is closed stays closed', () => {
    expect(fillGap(log, 21, page(1, 20, null))).toBe(log);
    expect(fillGap(log, 99, page(1, 20, null))).toBe(log);
  });
});

describe('a jump to a place in the past', () => {
  const away = showPage(hold(begun(900, 950, 900), true), page(100, 140, 100).rows, {
    next: 100,
    after: 140,
  });

  it('shows the place, keeps the newest waiting, and leaves the distance uncounted', () => {
    expect(ids(away.rows)).toEqual(ids(range(100, 140)));
    expect(newsCount(away)).toBeNull();
    expect(showWaiting(away)).toBe(away);
    expect(ids(addLive(away, range(951, 952), 0).rows)).toEqual(ids(range(100, 140)));
  });

  it('continues page by page until it is back', () => {
    const live = addLive(away, range(955, 956), 4);
    const nearer = addNewer(live, page(141, 899, 899), 140);
    expect(ids(nearer.rows)).toEqual(ids(range(100, 899)));
    expect(nearer.after).toBe(899);
    const back = addNewer(nearer, page(900, 940, 940), 899);
    expect(back.after).toBeNull();
    expect(ids(back.rows)).toEqual([...ids(range(100, 950)), 955, 956]);
    expect([...back.gaps]).toEqual([[955, 4]]);
    expect(newsCount(addLive(back, range(957, 958), 0))).toBe(2);
  });

  it('a late answer to an outdated request is ignored', () => {
    expect(addNewer(away, page(141, 200, 200), 139)).toBe(away);
  });

  it('returns at once with the newest page', () => {
    const newest = showWaiting(showPage(away, page(940, 953, 940).rows, { next: 940, after: null }));
    expect(ids(newest.rows)).toEqual(ids(range(940, 953)));
    expect(newsCount(newest)).toBe(0);
  });
});

describe('any sequence of events', () => {
  /** A journal of frames 1 to n; a live feed shows some of them. */
  const answer = (known: number, before: number | null, limit: number): FramePage => {
    const from = Math.min(known + 1, before ?? known + 1);
    const rows = range(Math.max(1, from - limit), from - 1).toReversed();
    return { rows, next: (rows.at(-1)?.id ?? 1) === 1 ? null : (rows.at(-1)?.id ?? null) };
  };
  const answerAfter = (known: number, after: number, limit: number): FramePage => {
    const rows = range(after + 1, Math.min(known, after + limit)).toReversed();
    return { rows, next: rows.length < limit ? null : (rows[0]?.id ?? null) };
  };
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('live' as const),
      count: fc.integer({ min: 1, max: 9 }),
      skipped: fc.nat(4),
    }),
    fc.constant({ kind: 'older' as const }),
    fc.constant({ kind: 'newer' as const }),
    fc.constant({ kind: 'fill' as const }),
    fc.record({ kind: fc.constant('jump' as const), to: fc.nat() }),
    fc.record({ kind: fc.constant('hold' as const), on: fc.boolean() }),
  );

  it('keeps rows in order without duplicates, and every hole is a gap of the right size', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let known = 20;
        let log = begun(15, 20, 15);
        for (const one of steps) {
          if (one.kind === 'hold') log = hold(log, one.on);
          else if (one.kind === 'live') {
            const first = known + one.skipped + 1;
            known = first + one.count - 1;
            log = addLive(log, range(first, known), one.skipped);
          } else if (one.kind === 'older') {
            if (typeof log.next === 'number') log = addOlder(log, answer(known, log.next, 3), log.next);
          } else if (one.kind === 'newer') {
            if (log.after !== null) log = addNewer(log, answerAfter(known, log.after, 3), log.after);
          } else if (one.kind === 'jump') {
            const after = one.to % known;
            const { rows, next } = answerAfter(known, after, 4);
            log = showPage(log, rows, { next: after === 0 ? null : after + 1, after: next });
          } else {
            const gap = [...log.gaps.keys()].find((id) => log.rows.some((row) => row.id === id));
            if (gap !== undefined) log = fillGap(log, gap, answer(known, gap, 2));
          }
          // In the past, waiting rows are not yet joined to the list: the frames between will be read.
          for (const part of log.after === null ? [[...log.rows, ...log.waiting]] : [log.rows, log.waiting]) {
            const holes = part.slice(1).map(({ id }, index) => id - (part[index]?.id ?? 0) - 1);
            expect(holes).toEqual(part.slice(1).map(({ id }) => log.gaps.get(id) ?? 0));
          }
          const last = log.after ?? [...log.rows, ...log.waiting].at(-1)?.id;
          expect(last).toBe(log.after === null ? known : log.rows.at(-1)?.id);
          expect(log.rows[0]?.id).toBe(log.next ?? 1);
        }
      }),
    );
  });
});

describe('marks', () => {
  it('are added to listed and waiting rows, and removed again', () => {
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

  it('of other frames change nothing', () => {
    const log = begun(1, 3);
    expect(applyMarks(log, [{ entry: 9, marked: true, note: '' }])).toBe(log);
  });
});
