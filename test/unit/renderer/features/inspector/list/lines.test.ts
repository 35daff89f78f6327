import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameRow } from '#shared/model/frame';
import {
  selectedRows,
  foldFacts,
  indexOf,
  isFold,
  isHeartbeat,
  isRow,
  lineOf,
  linesOf,
  withTarget,
  rowAt,
  rowsOfLines,
} from '../../../../../../src/renderer/src/features/inspector/list/lines';
import { frame } from '../../../../../builders/rows';

const none: ReadonlySet<number> = new Set();
const beats = (from: number, to: number): FrameRow[] =>
  Array.from({ length: to - from + 1 }, (_, index) => frame(from + index));
const other = (id: number): FrameRow => frame(id, { cmd: 'error' });

describe('lines of a list', () => {
  it('fold a run of heartbeats into one, but not a single heartbeat with its answer', () => {
    const rows = [other(1), ...beats(2, 5), other(6), ...beats(7, 8), other(9)];
    const { ids, folds } = linesOf(rows, none, none);
    expect(ids).toEqual([1, 1.5, 6, 7, 8, 9]);
    expect(folds.get(1.5)).toEqual({ from: 1, to: 5, isOpen: false });
  });

  it('show a run with an opened row below its own line', () => {
    const { ids, folds } = linesOf(beats(1, 4), none, new Set([3]));
    expect(ids).toEqual([0.5, 1, 2, 3, 4]);
    expect(folds.get(0.5)?.isOpen).toBe(true);
  });

  it('are never folded across a gap', () => {
    const { ids } = linesOf(beats(1, 7), new Set([4]), none);
    expect(ids).toEqual([0.5, -4, 3.5]);
  });

  it('are not folded when folding is off', () => {
    expect(linesOf(beats(1, 4), new Set([3]), null).ids).toEqual([1, 2, -3, 3, 4]);
  });

  it('keep rows with a finding, mark or note separate', () => {
    expect(isHeartbeat(frame(1))).toBe(true);
    expect(isHeartbeat(frame(1, { cmd: 'HB' }))).toBe(true);
    expect(isHeartbeat(frame(1, { findings: [{ code: 'seq.gap' }] }))).toBe(false);
    expect(isHeartbeat(frame(1, { mark: { marked: false, note: 'late' } }))).toBe(false);
    expect(isHeartbeat(frame(1, { kind: 'junk', cmd: null }))).toBe(false);
  });

  it('lose no row: each hidden row is in exactly one closed fold', () => {
    const list = fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(list, (kinds) => {
        const rows = kinds.map(([isBeat], index) => (isBeat ? frame(index + 1) : other(index + 1)));
        const gaps = new Set(rows.filter((_, index) => kinds[index]?.[1]).map(({ id }) => id));
        const opened = new Set(rows.filter((_, index) => kinds[index]?.[2]).map(({ id }) => id));
        const { ids, folds } = linesOf(rows, gaps, opened);
        const places = ids.map((id) => Math.ceil(Math.abs(id)));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const seen = ids.filter(isRow);
        const hidden = [...folds.values()]
          .filter(({ isOpen }) => !isOpen)
          .flatMap(({ from, to }) => rows.slice(from, to).map(({ id }) => id));
        expect([...seen, ...hidden].toSorted((a, b) => a - b)).toEqual(rows.map(({ id }) => id));
        expect(hidden.some((id) => opened.has(id))).toBe(false);
        expect(ids.filter(isFold)).toHaveLength(folds.size);
        for (const [index, row] of rows.entries()) expect(indexOf(rows, row.id)).toBe(index);
      }),
    );
  });
});

describe('a run of heartbeats', () => {
  it('has its count, machines, interval and longest interval', () => {
    const run = [0, 20_000, 40_000, 105_000].flatMap((at, index) => [
      frame(index * 3 + 1, { at }),
      frame(index * 3 + 2, { at: at + 2, dir: 'out' }),
      frame(index * 3 + 3, { at: at + 5, vmcNo: 44401 }),
    ]);
    expect(foldFacts(run)).toEqual({
      first: 0,
      last: 105_005,
      heartbeats: 8,
      answers: 4,
      machines: [33232, 44401],
      apart: 35_000,
      longest: 65_000,
      size: 12 * 39,
    });
  });

  it('of one heartbeat has no interval', () => {
    expect(foldFacts([frame(1), frame(2, { dir: 'out' })]).apart).toBeNull();
  });
});

describe('several selected lines', () => {
  it('are their rows; a folded run is all its rows, an open one only the selected ones', () => {
    const rows = [other(1), ...beats(2, 5), other(6), ...beats(7, 10)];
    const lines = linesOf(rows, new Set([6]), new Set([8]));
    expect(lines.ids).toEqual([1, 1.5, -6, 6, 6.5, 7, 8, 9, 10]);
    const chosen = rowsOfLines(lines, rows, new Set([1, 1.5, -6, 6.5, 8]), new Map());
    expect(selectedRows(chosen, rows).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 8]);
  });

  it('stay selected with their rows when the list shows another part, or a run is opened', () => {
    const rows = [other(1), ...beats(2, 5)];
    const before = rowsOfLines(linesOf(rows, new Set(), new Set()), rows, new Set([1, 1.5]), new Map());
    const opened = rowsOfLines(linesOf(rows, new Set(), new Set([3])), rows, new Set([1, 1.5, 3]), before);
    expect(selectedRows(opened, rows).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    const elsewhere = [other(90), other(91)];
    const lines = linesOf(elsewhere, new Set(), new Set());
    const more = rowsOfLines(lines, elsewhere, new Set([1, 1.5, 90]), before);
    expect(selectedRows(more, elsewhere).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 90]);
    expect(selectedRows(rowsOfLines(lines, elsewhere, new Set([90]), more), elsewhere)).toEqual([other(90)]);
  });
});

describe('the beginning of a connection', () => {
  const begins = (id: number, conn: number): FrameRow =>
    frame(id, { kind: 'opened', dir: null, cmd: null, vmcNo: null, conn });

  it('belongs to the machine whose number it reports next', () => {
    const rows = [
      begins(1, 7),
      begins(2, 8),
      frame(3, { conn: 8, vmcNo: 5 }),
      frame(4, { conn: 7, vmcNo: 9 }),
    ];
    expect(withTarget(rows, 0)).toMatchObject({ id: 1, vmcNo: 9 });
    expect(withTarget(rows, 1)).toMatchObject({ id: 2, vmcNo: 5 });
    expect(withTarget(rows, 2)).toBeNull();
    expect(withTarget(rows.slice(0, 2), 0)).toBeNull();
  });
});

describe('the line of a row', () => {
  const rows = [other(1), ...beats(2, 5), other(6), other(9)];
  const { ids } = linesOf(rows, new Set([9]), none);

  it('is its own, that of its folded run, or the gap before it', () => {
    expect(ids).toEqual([1, 1.5, 6, -9, 9]);
    expect([1, 2, 4, 5, 6, 9].map((id) => lineOf(ids, id))).toEqual([0, 1, 1, 1, 2, 3]);
    expect(ids.map(rowAt)).toEqual([1, 2, 6, 9, 9]);
  });

  it('is the last one if all are before it', () => {
    expect(lineOf(ids, 12)).toBe(4);
  });
});
