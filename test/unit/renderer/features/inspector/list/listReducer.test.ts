import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { FrameRow } from '#shared/model/frame';
import {
  reduceList,
  type ListAction,
} from '../../../../../../src/renderer/src/features/inspector/list/listReducer';
import {
  createList,
  currentLine,
  isStill,
  listMode,
  listNews,
  newList,
  savedList,
  staysHeld,
  withOtherFilter,
  type ListState,
} from '../../../../../../src/renderer/src/features/inspector/list/listState';
import { frame } from '../../../../../builders/rows';

const live = { inCapture: false, folding: true, wanted: null };
const after = (state: ListState, ...actions: readonly ListAction[]): ListState =>
  actions.reduce(reduceList, state);
/** Rows that are not folded. */
const rows = (from: number, to: number): FrameRow[] =>
  Array.from({ length: to - from + 1 }, (_, n) => frame(from + n, { cmd: 'supply', at: (from + n) * 1000 }));
const beats = (from: number, to: number): FrameRow[] =>
  Array.from({ length: to - from + 1 }, (_, n) => frame(from + n, { cmd: 'hb' }));
const pageOf = (
  all: readonly FrameRow[],
  next: number | null = null,
  to: number | 'start' | 'end' | null = null,
): ListAction => ({ type: 'page', rows: all.toReversed(), ends: { next, after: null }, to });
/** A part of the journal with more rows on both sides. */
const elsewhere = (all: readonly FrameRow[]): ListAction => ({
  type: 'page',
  rows: all.toReversed(),
  ends: { next: all[0]?.id ?? 0, after: all.at(-1)?.id ?? 0 },
  to: null,
});
const passes = (...all: readonly FrameRow[]): ListAction => ({
  type: 'live',
  rows: all,
  skipped: 0,
  named: [],
  gone: [],
});
const began = (all: readonly FrameRow[] = rows(1, 5), state = createList(newList, live)): ListState =>
  after(state, pageOf(all), { type: 'begun' });
const shown = ({ log }: ListState): readonly number[] => log.rows.map(({ id }) => id);
const hovered = (over: boolean): ListAction => ({ type: 'hovered', over });
const toggled: ListAction = { type: 'followToggled', leavesLine: false };
const select = (line: number): ListAction => ({ type: 'lineSelected', line });
const open = (id: number): ListAction => ({ type: 'opened', id });

describe('a list follows', () => {
  it('while the user looks at no frame', () => {
    const list = after(began(), passes(...rows(6, 7)));
    expect(listMode(list)).toBe('live');
    expect(shown(list)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(listNews(list)).toBe(0);
  });

  it.each<readonly [string, ListAction, ListAction, boolean]>([
    ['under the pointer', hovered(true), hovered(false), false],
    [
      'while its end is out of view',
      { type: 'scrolled', atEnd: false },
      { type: 'scrolled', atEnd: true },
      true,
    ],
    ['paused', toggled, toggled, true],
  ])('not %s: new rows wait and are counted, then they are shown', (_, begin, end, stays) => {
    // A list that scrolls while it follows is only moving to its end.
    const still = after(began(), ...(begin.type === 'scrolled' ? [hovered(true)] : []), begin);
    const away = after(still, ...(begin.type === 'scrolled' ? [hovered(false)] : []));
    const held = after(away, passes(...rows(6, 8)));
    expect([isStill(held), staysHeld(held), listNews(held), shown(held).length]).toEqual([true, stays, 3, 5]);
    const on = after(held, end);
    expect([isStill(on), listNews(on), shown(on).length]).toEqual([false, 0, 8]);
  });

  it('not with a current line, an opened frame or selected rows', () => {
    const gap = { ...began(), cursor: null };
    expect(isStill(after(gap, open(3)))).toBe(true);
    expect(isStill(after(gap, open(3), { type: 'closed' }))).toBe(true);
    expect(isStill(after(gap, open(3), { type: 'closed' }, { type: 'closed' }))).toBe(false);
    const selected = after(gap, { type: 'selection', change: { kind: 'toggle', line: 2 } });
    expect(isStill(selected)).toBe(true);
    expect(isStill(after(selected, { type: 'selection', change: { kind: 'clear' } }))).toBe(false);
  });

  it('stays at its end when the end passes while following', () => {
    expect(after(began(), { type: 'scrolled', atEnd: false }).scrolledUp).toBe(false);
  });

  it('with an opened frame after Follow, until the user acts on the list', () => {
    const opened = after(began(), open(3));
    expect(listMode(opened)).toBe('held');
    const follows = after(opened, toggled, passes(...rows(6, 6)));
    expect([listMode(follows), follows.opened, shown(follows).length]).toEqual(['live', 3, 6]);
    expect(listMode(after(follows, { type: 'touched' }))).toBe('held');
    // When the pointer leaves, this ends only if nothing is opened.
    expect(after(follows, hovered(true), hovered(false)).mode).toBe('follow');
    expect(after(began(), hovered(true), toggled).mode).toBe('paused');
    expect(after(began(), hovered(true), toggled, toggled, hovered(false)).mode).toBe('auto');
  });

  it('by its button without a line, by the key from the current position', () => {
    const held = after(began(), open(3), { type: 'closed' });
    expect(after(held, { type: 'followToggled', leavesLine: true })).toMatchObject({
      cursor: null,
      mode: 'follow',
    });
    expect(after(held, toggled)).toMatchObject({ cursor: 3, mode: 'follow' });
    expect(after(began(), { type: 'followToggled', leavesLine: true })).toMatchObject({ mode: 'paused' });
  });

  it('never in a capture, which has no live frames', () => {
    const list = began(rows(1, 3), createList(newList, { ...live, inCapture: true }));
    const more = after(list, passes(...rows(4, 5)));
    expect([listMode(more), shown(more).length, listNews(more)]).toEqual(['capture', 3, 0]);
  });
});

describe('the current line and the opened frame', () => {
  it('a selected row is opened; when closed, its line stays current', () => {
    const list = after(began(), select(3));
    expect([list.opened, list.cursor, currentLine(list)]).toEqual([3, null, 3]);
    const closed = after(list, { type: 'closed' });
    expect([closed.opened, closed.cursor]).toEqual([null, 3]);
    expect(currentLine(after(closed, { type: 'closed' }))).toBeNull();
  });

  it('steps skip other lines, and end at the first and last row', () => {
    const list = began([...rows(1, 2), ...beats(3, 8), ...rows(9, 9)]);
    const second = after(list, open(2));
    expect(after(second, { type: 'stepped', by: 1 }).opened).toBe(9);
    expect(after(second, { type: 'stepped', by: -1 }).opened).toBe(1);
    expect(after(list, open(9), { type: 'stepped', by: 1 }).opened).toBe(9);
    expect(after(list, { type: 'stepped', by: 1 })).toBe(list);
  });

  it('a gap is filled and not current; a fold is current and not opened', () => {
    const list = began(beats(1, 6));
    expect(currentLine(after(list, select(-3)))).toBeNull();
    const fold = after(list, open(99), select(0.5));
    expect([fold.cursor, fold.opened]).toEqual([0.5, 99]);
  });

  it('a frame requested elsewhere is opened from any state', () => {
    const left = { ...newList, opened: 1, cursor: 2, top: { line: 2, by: 4 } };
    expect(createList(left, { ...live, wanted: 7 })).toMatchObject({
      opened: 7,
      cursor: null,
      startAt: null,
    });
    const list = after(createList(left, live), { type: 'wanted', id: 7 });
    expect(list).toMatchObject({ opened: 7, cursor: null, startAt: null });
  });

  it('times are relative to the current line, even after the list has moved elsewhere', () => {
    const list = after(began(), open(3), pageOf(rows(50, 55)));
    expect(list.timeOrigin?.id).toBe(3);
    expect(after(list, open(52)).timeOrigin?.id).toBe(52);
  });

  it('the opened frame’s row is kept with its mark when the list moves elsewhere, and with another filter', () => {
    const away = after(began(), open(3), elsewhere(rows(50, 55)));
    expect(away.openedRow?.id).toBe(3);
    const mark = { entry: 3, marked: true, note: 'loose' };
    const marked = after(away, { type: 'marks', marks: [mark] });
    expect(marked.openedRow?.mark).toEqual({ marked: true, note: 'loose' });
    expect(withOtherFilter(marked).openedRow).toBe(marked.openedRow);
    // Another missing frame is unknown, and so is a closed frame.
    expect(after(away, open(9)).openedRow).toBeNull();
    expect(after(away, { type: 'closed' }).openedRow).toBeNull();
    expect(after(away, { type: 'marks', marks: [{ ...mark, entry: 4 }] })).toBe(away);
  });

  it('there are no steps while the opened frame lies outside the loaded rows', () => {
    const newest = began(rows(90, 95));
    for (const by of [1, -1] as const)
      for (const id of [3, 93]) {
        const away = after(newest, open(id), elsewhere(rows(50, 55)));
        expect(after(away, { type: 'stepped', by })).toBe(away);
        // Its place is loaded again.
        const back = after(away, elsewhere(rows(id - 2, id + 2)));
        expect(after(back, { type: 'stepped', by }).opened).toBe(id + by);
      }
    // Although the filter excludes it, its place is known.
    const filtered = after(newest, open(53), elsewhere([...rows(50, 52), ...rows(54, 55)]));
    expect(after(filtered, { type: 'stepped', by: -1 }).opened).toBe(52);
    // So it is at the very beginning and at the very end.
    expect(after(newest, open(3), { type: 'stepped', by: 1 }).opened).toBe(90);
    expect(after(newest, open(99), { type: 'stepped', by: -1 }).opened).toBe(95);
  });

  it('the very first and last line become current when they are loaded', () => {
    const list = after(began(rows(50, 55)), pageOf(rows(1, 5)));
    expect(currentLine(after(list, { type: 'wentToEdge', edge: 'start' }))).toBe(1);
    expect(currentLine(after(list, { type: 'wentToEdge', edge: 'end' }))).toBe(list.lines.ids.at(-1));
  });
});

describe('runs of heartbeats', () => {
  const list = began([...beats(1, 6), ...rows(7, 7)]);

  it('are one line, which opens and closes', () => {
    expect(list.lines.ids).toEqual([0.5, 7]);
    const opened = after(list, { type: 'lineActivated', line: 0.5 });
    expect(opened.lines.ids).toEqual([0.5, 1, 2, 3, 4, 5, 6, 7]);
    expect(after(opened, { type: 'lineActivated', line: 0.5 }).lines.ids).toEqual([0.5, 7]);
    expect(after(list, { type: 'lineActivated', line: 7 }).opened).toBe(7);
  });

  it('are unfolded when one of their rows is opened or requested', () => {
    expect(after(list, open(3)).lines.ids).toHaveLength(8);
    expect(after(list, { type: 'wentTo', id: 3, keepsOpen: false }).lines.ids).toHaveLength(8);
    expect(began(beats(1, 6), createList({ ...newList, opened: 4 }, live)).lines.ids).toHaveLength(7);
    // Another row does not change them.
    expect(after(list, open(7)).unfolded).toBe(list.unfolded);
  });

  it('are shown row by row if folding is off', () => {
    const flat = after(list, { type: 'foldingSet', folding: false });
    expect(flat.lines.ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('lines stay the same objects while rows wait, including gaps among these', () => {
    const held = after(list, hovered(true));
    const more = after(held, { type: 'live', rows: rows(20, 21), skipped: 3, named: [], gone: [] });
    expect(more.lines).toBe(held.lines);
    expect(listNews(more)).toBe(5);
  });
});

describe('rows selected together', () => {
  const toggle = (line: number): ListAction => ({ type: 'selection', change: { kind: 'toggle', line } });
  const all: ListAction = { type: 'selection', change: { kind: 'all' } };
  const idsOf = ({ selected }: ListState): readonly number[] =>
    [...selected.values()].flat().map(({ id }) => id);

  it('include the current line, and all rows of a folded run', () => {
    const list = after(began([...beats(1, 4), ...rows(5, 6)]), open(6), toggle(0.5));
    expect(new Set(idsOf(list))).toEqual(new Set([1, 2, 3, 4, 6]));
  });

  it('stay selected when the list moves to another place', () => {
    const list = after(began(), toggle(2), pageOf(rows(50, 55)), toggle(51));
    expect(idsOf(list)).toEqual([2, 51]);
  });

  it('all are those present at that time, even if more lines arrive', () => {
    const list = after(began(), all);
    expect([list.isAllSelected, idsOf(list).length]).toEqual([true, 5]);
    const more = after(list, { type: 'older', page: { rows: [], next: null }, before: 0, searchedTo: null });
    expect(more.isAllSelected).toBe(true);
    expect(after(list, toggle(2)).isAllSelected).toBe(false);
  });

  it('end following', () => {
    const follows = after(began(), open(3), toggled);
    expect(follows.mode).toBe('follow');
    expect(after(follows, toggle(2)).mode).toBe('auto');
    // A click with an unchanged selection is not an action on the list.
    const change = { kind: 'restart', line: 2 } as const;
    expect(after(follows, { type: 'selection', change }).mode).toBe('follow');
  });
});

describe('the place', () => {
  it('with another filter is the same time, with the same opened frame and mode', () => {
    const list = after(began(), hovered(true), { type: 'scrolled', atEnd: false }, open(3));
    const other = withOtherFilter(list);
    expect(other).toMatchObject({
      opened: 3,
      cursor: null,
      lookedAt: 3000,
      hovered: true,
      scrolledUp: true,
      begun: false,
      startAt: null,
    });
    expect(other.log.rows).toEqual([]);
    // Before the first rows have been shown, no rows are new.
    const closed = after(list, { type: 'closed' }, hovered(false));
    const filled = after(withOtherFilter(closed), pageOf(rows(10, 12)));
    expect(filled.lookedAt).toBe(3000);
    expect(after(filled, { type: 'begun' }).scrolledUp).toBe(false);
    expect(after(filled, { type: 'begun' }).lookedAt).toBeNull();
    expect(after(filled, { type: 'wentTo', id: 11, keepsOpen: true })).toMatchObject({
      cursor: 11,
      lookedAt: 11_000,
    });
    expect(after(other, { type: 'wentTo', id: 11, keepsOpen: true })).toMatchObject({
      cursor: null,
      opened: 3,
    });
  });

  it('is the newest row if the list follows, and the viewed time if it is held', () => {
    const list = after(began(), open(3));
    expect(list.lookedAt).toBe(3000);
    expect(after(list, { type: 'followToggled', leavesLine: true }).lookedAt).toBe(3000);
    const left = after(list, { type: 'closed' }, { type: 'closed' });
    expect(left.lookedAt).toBeNull();
    expect(after(began(), hovered(true)).lookedAt).toBeNull();
  });

  it('that was requested is not left for new rows, even after Follow', () => {
    const follows = after(began(), open(3), toggled);
    expect(follows.mode).toBe('follow');
    for (const action of [
      { type: 'wentTo', id: 2, keepsOpen: false },
      open(2),
      { type: 'wanted', id: 2 },
    ] as const)
      expect(isStill(after(follows, action))).toBe(true);
  });

  it('is no longer searched for after the user moves, and otherwise is', () => {
    const list = after(began(), open(3));
    const goneBy = (...actions: readonly ListAction[]): number => after(list, ...actions).moves - list.moves;
    const selected = { type: 'selection', change: { kind: 'restart', line: 2 } } as const;
    for (const action of [
      { type: 'moved' },
      { type: 'touched' },
      toggled,
      open(2),
      { type: 'stepped', by: -1 },
      { type: 'wanted', id: 1 },
      { type: 'lineSelected', line: 2 },
      { type: 'lineActivated', line: 2 },
      selected,
    ] as const)
      expect([action.type, goneBy(action)]).toEqual([action.type, 1]);
    for (const action of [
      hovered(true),
      { type: 'scrolled', atEnd: false },
      { type: 'begun' },
      { type: 'closed' },
      { type: 'near', near: { start: true } },
      { type: 'wentTo', id: 2, keepsOpen: true },
      pageOf(rows(1, 3)),
      { type: 'answered', error: null },
    ] as const)
      expect([action.type, goneBy(action)]).toEqual([action.type, 0]);
    const [first, last] = [after(list, open(1)), after(list, open(5))];
    expect(after(first, { type: 'stepped', by: -1 }).moves).toBe(first.moves);
    expect(after(last, { type: 'stepped', by: 1 }).moves).toBe(last.moves);
    expect(withOtherFilter(after(list, { type: 'moved' })).moves).toBe(0);
  });

  it('is restored on return', () => {
    const list = after(began(), open(3), toggled, toggled);
    const left = savedList(list, { line: 2, by: 7 });
    const again = createList(left, live);
    expect(again).toMatchObject({ opened: 3, mode: 'paused', startAt: { line: 2, by: 7 } });
    // The end is not in view there, also after the first rows arrive.
    const up = createList({ ...left, mode: 'auto', opened: null, scrolledUp: true }, live);
    expect(began(rows(1, 5), up)).toMatchObject({ scrolledUp: true });
  });
});

describe('any sequence of events', () => {
  const id = fc.integer({ min: 1, max: 40 });
  const line = fc.oneof(
    id,
    id.map((n) => -n),
    id.map((n) => n - 0.5),
  );
  const any: fc.Arbitrary<ListAction> = fc.oneof(
    fc.boolean().map(hovered),
    fc.boolean().map((atEnd): ListAction => ({ type: 'scrolled', atEnd })),
    fc.boolean().map((leavesLine): ListAction => ({ type: 'followToggled', leavesLine })),
    fc.constantFrom<ListAction>(
      { type: 'touched' },
      { type: 'closed' },
      { type: 'begun' },
      { type: 'stepped', by: 1 },
      { type: 'stepped', by: -1 },
      { type: 'wentToEdge', edge: 'start' },
      { type: 'wentToEdge', edge: 'end' },
      { type: 'selection', change: { kind: 'all' } },
      { type: 'selection', change: { kind: 'clear' } },
    ),
    id.map(open),
    line.map(select),
    line.map((at): ListAction => ({ type: 'lineActivated', line: at })),
    line.map((at): ListAction => ({ type: 'selection', change: { kind: 'toggle', line: at } })),
    line.map((at): ListAction => ({ type: 'selection', change: { kind: 'extend', line: at } })),
    id.map((n): ListAction => pageOf([...beats(n, n + 4), ...rows(n + 5, n + 6)], n > 1 ? n : null)),
    fc.tuple(id, id).map(([a, b]): ListAction => passes(...beats(a, a + (b % 5)))),
  );

  it('rows wait exactly while the list is held, and its lines are those of its rows', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (actions) => {
        let list = createList(newList, live);
        for (const action of actions) {
          const next = reduceList(list, action);
          const { log, opened, cursor } = next;
          const isShown = !isStill(next) && log.next !== undefined && log.after === null;
          const isOther = opened !== null && opened !== list.opened;
          const flat = reduceList(next, { type: 'foldingSet', folding: false });
          expect({
            holding: log.holding,
            waiting: isShown ? log.waiting : [],
            cursor: isOther ? cursor : null,
            ids: flat.lines.ids.filter((at) => at > 0),
          }).toEqual({ holding: isStill(next), waiting: [], cursor: null, ids: shown(next) });
          list = next;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a list scrolls with its new rows', () => {
  const place = (to: number | 'start' | 'end' | null, all = rows(11, 20)): number | undefined =>
    after(began(), pageOf(all, null, to)).scrollTo?.index;

  it('to the line of a row, or to an end', () => {
    expect([place(14), place('start'), place('end')]).toEqual([3, 0, 9]);
    // To the first one after a missing row; to the run of heartbeats that contains a row.
    expect(place(15, [...rows(11, 13), ...rows(17, 20)])).toBe(3);
    expect(place(14, [...rows(11, 12), ...beats(13, 18), ...rows(19, 20)])).toBe(2);
  });

  it('only on request, and at each request', () => {
    expect(began().scrollTo).toBeNull();
    const there = after(began(), pageOf(rows(11, 20), null, 14));
    expect(after(there, passes(...rows(21, 22)), hovered(true)).scrollTo).toBe(there.scrollTo);
    // No rows wait, so the rows stay the same.
    const again = after(there, { type: 'waiting', to: 'end' }, { type: 'waiting', to: 'end' });
    expect(again.scrollTo).toEqual({ index: 9 });
    expect(again.log).toBe(there.log);
    expect(after(again, { type: 'waiting', to: 'end' }).scrollTo).not.toBe(again.scrollTo);
  });
});
