import { describe, expect, it } from 'vitest';
import type { MachineRow } from '#shared/model/machine';
import { emptyOrder, orderMachines, type Only } from '../../../../src/renderer/src/store/machines';
import {
  firstView,
  isTableView,
  tableRows,
  viewAfter,
  withKnownColumns,
  type TableAction,
  type TableView,
} from '../../../../src/renderer/src/store/machineTable';
import { row } from '../../../builders/rows';

const now = 1_000_000;
const heard = { lastHeard: now };
const fatal = { code: 'ERROR:5300', severity: 'fatal', selling: 'no', since: 0, unconfirmed: false } as const;
const machines: readonly MachineRow[] = [
  row(1, { ...heard, name: 'b10', place: 'Roof' }),
  row(2, { ...heard, name: 'b9', place: 'Hall', worst: fatal, errorCount: 3 }),
  row(3, { ...heard, name: '', place: '', online: false }),
  row(4, { lastHeard: now - 600_000, name: 'a', place: 'Hall' }),
  row(5, { ...heard, name: 'c', place: 'Roof', doorOpen: true }),
  row(6, { ...heard, name: 'd', place: 'Hall', cupBlocked: true }),
];
const rows = new Map(machines.map((one) => [one.vmcNo, one]));
const list = orderMachines(rows, now, emptyOrder);
const facts = { only: 'all' as Only, rows, list, orders: { 1: 7, 6: 2 }, now, matches: () => true };

const after = (...actions: readonly TableAction[]): TableView => actions.reduce(viewAfter, firstView);
const ids = (view: TableView): readonly number[] => tableRows(facts, view).ids;

describe('the order', () => {
  it('by the answer about selling begins with machines that can’t', () => {
    const [first, ...others] = ids(after({ do: 'sort', by: 'sells' }));
    expect(first).toBe(2);
    expect(others.at(-1)).toBe(1);
    expect(ids(after({ do: 'sort', by: 'sells' }, { do: 'sort', by: 'sells' })).at(-1)).toBe(2);
  });

  it('is worst first, until a heading is pressed; the third press restores it', () => {
    expect(ids(firstView)).toEqual(list.order);
    const by = { do: 'sort', by: 'name' } as const;
    // A number within a name counts as one number; empty values are last in both directions.
    expect(ids(after(by))).toEqual([4, 2, 1, 5, 6, 3]);
    expect(ids(after(by, by))).toEqual([6, 5, 1, 2, 4, 3]);
    expect(ids(after(by, by, by))).toEqual(list.order);
  });

  it('of counts and times begins with the largest', () => {
    expect(ids(after({ do: 'sort', by: 'orders' })).slice(0, 3)).toEqual([1, 6, 2]);
    expect(ids(after({ do: 'sort', by: 'problems' }))[0]).toBe(2);
    expect(ids(after({ do: 'sort', by: 'heard' })).at(-1)).toBe(4);
  });

  it('of equal rows is by number', () => {
    expect(ids(after({ do: 'sort', by: 'platform' }))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('ignores a hidden column', () => {
    const view = after({ do: 'sort', by: 'place' }, { do: 'column', column: 'place' });
    expect(view.columns).not.toContain('place');
    expect(view.sort).toBeNull();
    expect(after({ do: 'column', column: 'place' }, { do: 'column', column: 'place' }).columns).toEqual(
      firstView.columns,
    );
  });
});

describe('the listed machines', () => {
  it('are those that need attention, as in the counts above', () => {
    expect(list.troubled.size).toBe(5);
    const listed = (only: Only): readonly number[] => tableRows({ ...facts, only }, firstView).ids;
    expect(listed('trouble')).toEqual([2, 3, 4, 5, 6]);
    expect(listed('silence')).toEqual([4]);
    expect(listed('offline')).toEqual([3]);
  });

  it('match the filter, including the orders of today', () => {
    const matches = ({ orders }: { readonly orders: number | null }): boolean => (orders ?? 0) > 1;
    expect(tableRows({ ...facts, matches }, firstView)).toMatchObject({ ids: [6, 1], found: [6, 1] });
    expect(tableRows({ ...facts, orders: null, matches }, firstView).ids).toEqual([]);
  });
});

describe('groups', () => {
  it('by place have their machines and the number of problems; those without a place are last', () => {
    const { ids: all, groups } = tableRows(facts, after({ do: 'group', by: 'place' }));
    const told = all.map((id) => (id < 0 ? groups.get(id) : id));
    expect(told).toEqual([
      { key: 'Hall', count: 3, trouble: 3 },
      2,
      4,
      6,
      { key: 'Roof', count: 2, trouble: 1 },
      5,
      1,
      { key: '', count: 1, trouble: 1 },
      3,
    ]);
  });

  it('by state are worst first', () => {
    const { ids: all, groups } = tableRows(facts, after({ do: 'group', by: 'state' }));
    expect(all.flatMap((id) => groups.get(id)?.key ?? [])).toEqual([
      'fault',
      'offline',
      'silence',
      'doorOpen',
      'warning',
      'online',
    ]);
  });

  it('are collapsed and expanded; a collapsed one keeps its number and counts', () => {
    const by = { do: 'group', by: 'place' } as const;
    const fold = { do: 'fold', key: 'Hall' } as const;
    const open = tableRows(facts, after(by));
    const folded = tableRows(facts, after(by, fold));
    expect(folded.ids).toEqual(open.ids.filter((id) => ![2, 4, 6].includes(id)));
    expect(folded.groups).toEqual(open.groups);
    expect(folded.found).toHaveLength(6);
    expect(tableRows(facts, after(by, fold, fold)).ids).toEqual(open.ids);
    expect(after(by, fold, { do: 'group', by: 'state' }).folded).toEqual([]);
  });
});

describe('a stored view', () => {
  it('is used if it is valid, and ignored otherwise', () => {
    expect(isTableView(JSON.parse(JSON.stringify(firstView)))).toBe(true);
    expect(isTableView({ ...firstView, sort: { by: 'name', down: true } })).toBe(true);
    const wrong = [
      null,
      {},
      { ...firstView, columns: ['number', 'colour'] },
      { ...firstView, sort: { by: 'colour', down: true } },
      { ...firstView, group: 'city' },
      { ...firstView, folded: [1] },
      { ...firstView, filter: null },
    ];
    for (const one of wrong) expect(isTableView(one), JSON.stringify(one)).toBe(false);
  });

  it('loses only the columns that this version does not have', () => {
    const kept = { ...firstView, group: 'place', folded: ['Hall'], filter: 'state:trouble' };
    const old = { ...kept, columns: ['number', 'errors', 'name'], sort: { by: 'errors', down: true } };
    expect(withKnownColumns(old)).toEqual({ ...kept, columns: ['number', 'name'], sort: null });
    expect(withKnownColumns(kept)).toEqual(kept);
    const sorted = { ...kept, sort: { by: 'name', down: true } };
    expect(withKnownColumns(sorted)).toEqual(sorted);
    for (const wrong of [null, 'text', { columns: 1, sort: { by: 2 } }])
      expect(isTableView(withKnownColumns(wrong))).toBe(false);
  });
});
