import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { live, type TableChange } from '#shared/contract/live';
import {
  afterBatch,
  applyChange,
  batchTo,
  emptyReplica,
  keepSame,
  snapshotOf,
  type Replica,
} from '#shared/contract/replica';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { MachineRow } from '#shared/model/machine';
import { noRelayState } from '#shared/model/relay';
import type { Run, RunMachine } from '#shared/model/run';
import { command, row } from '../../../builders/rows';

const fatal = { code: 'ERROR:5300', severity: 'fatal', selling: 'no', since: 0, unconfirmed: false } as const;
type Rows = ReadonlyMap<number, MachineRow>;
const apply = (rows: Rows, change: TableChange<MachineRow>): Rows => applyChange(rows, change, live.machines);
const rowsOf = (...rows: MachineRow[]): Rows => apply(new Map(), { rows });
/** In the order of the live row. */
const touched = (vmcNo: number, lastHeard: number, lastBeat: number): TableChange<MachineRow> => ({
  touched: { keys: [vmcNo], columns: [[lastHeard], [lastBeat]] },
});

describe('rows', () => {
  it('only changed rows get a new identity', () => {
    const before = rowsOf(row(1, { worst: fatal }), row(2));
    const after = apply(before, { rows: [row(1, { worst: { ...fatal } }), row(2, { doorOpen: true })] });
    expect(after.get(1)).toBe(before.get(1));
    expect(after.get(2)).not.toBe(before.get(2));
  });

  it('equal values keep the same map', () => {
    const before = rowsOf(row(1, { worst: fatal }), row(2));
    expect(apply(before, { rows: [row(2), row(1, { worst: { ...fatal } })] })).toBe(before);
    expect(apply(before, { removed: [3] })).toBe(before);
    expect(apply(before, { patches: [[1, { worst: { ...fatal }, name: '' }]] })).toBe(before);
    expect(apply(before, touched(2, 0, 0))).toBe(before);
    expect(apply(before, {})).toBe(before);
  });

  it('another error is a change even if all else is equal', () => {
    const before = rowsOf(row(1, { worst: fatal }));
    expect(apply(before, { rows: [row(1, { worst: { ...fatal, since: 5 } })] })).not.toBe(before);
    expect(apply(before, { rows: [row(1)] }).get(1)?.worst).toBeNull();
  });

  it('a removed machine is gone, even the last one', () => {
    const before = rowsOf(row(1), row(2));
    expect([...apply(before, { removed: [1] }).keys()]).toEqual([2]);
    expect([...apply(before, { removed: [2] }).keys()]).toEqual([1]);
    expect(apply(rowsOf(row(1)), { removed: [1] }).size).toBe(0);
  });

  it('a machine removed and added in one batch is there', () => {
    const after = apply(rowsOf(row(1)), { rows: [row(1, { since: 9 })], removed: [1] });
    expect(after.get(1)?.since).toBe(9);
  });

  it('change in the members that a batch names, and keep the others', () => {
    const before = rowsOf(row(1, { worst: fatal }), row(2));
    const after = apply(before, { patches: [[1, { name: 'Lobby', lastHeard: 5 }]], ...touched(2, 7, 6) });
    expect(after.get(1)).toEqual(row(1, { worst: fatal, name: 'Lobby', lastHeard: 5, lastBeat: 0 }));
    expect(after.get(1)?.worst).toBe(before.get(1)?.worst);
    expect(after.get(2)).toEqual(row(2, { lastHeard: 7, lastBeat: 6 }));
  });

  it('are not invented: members of an unknown row are skipped', () => {
    expect(apply(new Map(), { patches: [[1, { name: 'Lobby' }]], ...touched(2, 7, 6) }).size).toBe(0);
  });
});

describe('rows with lists', () => {
  it('change with their lists, and lists differ from objects', () => {
    const before = applyChange(new Map(), { rows: [command(1)] }, live.running);
    const equal = { ...command(1), steps: before.get(1)?.steps ?? [] };
    expect(applyChange(before, { rows: [equal] }, live.running)).toBe(before);
    const more = applyChange(before, { patches: [[1, { steps: [] }]] }, live.running);
    expect(more.get(1)?.steps).toEqual([]);
  });
});

describe('a replica', () => {
  const after = (before: Replica, batch: Parameters<typeof afterBatch>[1]): Replica => ({
    ...before,
    ...afterBatch(before, batch),
  });
  const diagnosis = (id: number): Diagnosis => ({ id }) as Diagnosis;
  const run = (id: number): Run => ({ id }) as Run;
  const line = (id: number): RunMachine => ({ id }) as RunMachine;
  const known = after(emptyReplica, {
    machines: { rows: [row(1), row(3)] },
    running: { rows: [command(9)] },
    diagnoses: { rows: [diagnosis(5)] },
    openRuns: { rows: [run(3)] },
    runLines: { rows: [line(11), line(12)] },
  });

  it('changes in the parts that a batch names and that are taken', () => {
    const batch = { machines: { removed: [1] }, relay: { ...noRelayState, calling: 3 }, faults: [] };
    expect(Object.keys(afterBatch(known, batch))).toEqual(['relay', 'machines']);
    expect(Object.keys(afterBatch(known, batch, (part) => part === 'relay'))).toEqual(['relay']);
    expect(afterBatch(known, { relay: { ...noRelayState } }).relay).toBe(known.relay);
  });

  it('becomes equal to a snapshot by one batch, in the parts of the snapshot', () => {
    const batch = batchTo(known, {
      machines: [row(3, { online: false }), row(4)],
      running: [],
      diagnoses: [diagnosis(7)],
      runLines: [line(12)],
      dials: [],
    });
    expect(batch).toEqual({
      machines: { rows: [row(3, { online: false }), row(4)], removed: [1] },
      running: { rows: [], removed: [9] },
      diagnoses: { rows: [diagnosis(7)], removed: [5] },
      runLines: { rows: [line(12)], removed: [11] },
      dials: [],
    });
    expect(snapshotOf(after(known, batch))).toMatchObject({
      machines: [row(3, { online: false }), row(4)],
      running: [],
      openRuns: [run(3)],
      settings: emptyReplica.settings,
    });
  });

  it('is the same after a batch was applied twice', () => {
    const member = fc.constantFrom<Partial<MachineRow>>(
      { name: 'a' },
      { name: 'b', lastHeard: 3 },
      { worst: fatal },
    );
    const change = fc.record(
      {
        removed: fc.array(fc.nat(3), { maxLength: 2 }),
        rows: fc.array(
          fc.nat(3).map((vmcNo) => row(vmcNo, { since: 4 })),
          { maxLength: 2 },
        ),
        patches: fc.array(fc.tuple(fc.nat(3), member), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(change, (machines) => {
        const once = after(known, { machines });
        expect(after(once, { machines }).machines).toEqual(once.machines);
      }),
    );
  });
});

describe('a value', () => {
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
