import { describe, expect, it } from 'vitest';
import { live } from '#shared/contract/live';
import type { MachineRow } from '#shared/model/machine';
import { applyRows, keepSame } from '../../../../src/renderer/src/store/rows';
import { command, row } from '../../../builders/rows';

const fatal = { code: 'ERROR:5300', severity: 'fatal', since: 0, unconfirmed: false } as const;
const apply = (
  rows: ReadonlyMap<number, MachineRow>,
  changed: readonly MachineRow[],
  removed: readonly number[] = [],
): ReadonlyMap<number, MachineRow> => applyRows(rows, changed, removed, live.machines.keyOf);
const rowsOf = (...rows: MachineRow[]) => apply(new Map(), rows);

describe('rows', () => {
  it('only changed rows get a new identity', () => {
    const before = rowsOf(row(1, { worst: fatal }), row(2));
    const after = apply(before, [row(1, { worst: { ...fatal } }), row(2, { doorOpen: true })]);
    expect(after.get(1)).toBe(before.get(1));
    expect(after.get(2)).not.toBe(before.get(2));
  });

  it('equal values keep the same map', () => {
    const before = rowsOf(row(1), row(2));
    expect(apply(before, [row(2), row(1)])).toBe(before);
    expect(apply(before, [], [3])).toBe(before);
  });

  it('another error is a change even if all else is equal', () => {
    const before = rowsOf(row(1, { worst: fatal }));
    expect(apply(before, [row(1, { worst: { ...fatal, since: 5 } })])).not.toBe(before);
    expect(apply(before, [row(1)]).get(1)?.worst).toBeNull();
  });

  it('a removed machine is gone, even the last one', () => {
    const before = rowsOf(row(1), row(2));
    expect([...apply(before, [], [1]).keys()]).toEqual([2]);
    expect([...apply(before, [], [2]).keys()]).toEqual([1]);
    expect(apply(rowsOf(row(1)), [], [1]).size).toBe(0);
  });

  it('a machine removed and added in one batch is there', () => {
    const after = apply(rowsOf(row(1)), [row(1, { since: 9 })], [1]);
    expect(after.get(1)?.since).toBe(9);
  });
});

describe('rows with lists', () => {
  it('change with their lists, and lists differ from objects', () => {
    const before = applyRows(new Map(), [command(1)], [], live.running.keyOf);
    const same = applyRows(
      before,
      [{ ...command(1), steps: before.get(1)?.steps ?? [] }],
      [],
      live.running.keyOf,
    );
    expect(same).toBe(before);
    const more = applyRows(before, [command(1, { steps: [] })], [], live.running.keyOf);
    expect(more.get(1)?.steps).toEqual([]);
  });
});

describe('a whole value', () => {
  const before = { theme: 'dark', own: { 'ERROR:1': { en: 'a' } }, list: [{ id: 1 }, { id: 2 }], none: null };

  it('keeps its identity if it is equal', () => {
    expect(keepSame(before, structuredClone(before))).toBe(before);
    expect(keepSame(5, 5)).toBe(5);
    expect(keepSame<unknown>(null, {})).toEqual({});
    expect(keepSame<unknown>({}, null)).toBeNull();
  });

  it('keeps equal members at every depth, and has the new values', () => {
    const came = { ...structuredClone(before), theme: 'light', list: [{ id: 1 }, { id: 3 }] };
    const after = keepSame(before, came);
    expect(after).toEqual(came);
    expect(after.own).toBe(before.own);
    expect(after.list[0]).toBe(before.list[0]);
    expect(after.list).not.toBe(before.list);
  });

  it.each([
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: undefined }, { b: undefined }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [[], {}],
    [{ 0: 1 }, [1]],
    [{ a: 0 }, { a: -0 }],
    [{}, JSON.parse('{"__proto__":{"a":1}}')],
  ])('%j is not %j', (one, other: unknown) => {
    const after = keepSame<unknown>(one, other);
    expect(after).not.toBe(one);
    expect(after).toStrictEqual(other);
  });
});
