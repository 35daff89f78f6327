/** The machine table: the user's view options, and its rows in order. */
import type { MachineFacts } from '#shared/filter/machines';
import { sellingNow, type Selling } from '#shared/model/glance';
import type { MachineConfig, MachineRow, MachineStatus } from '#shared/model/machine';
import { problemCount, statusOrder } from '#shared/model/problems';
import type { OrderCounts } from '#shared/model/history';
import { isAmong, type MachineOrder, type Only, type Rows } from './machines';

/** In display order. The number is always shown. */
export const tableColumns = [
  'number',
  'name',
  'place',
  'model',
  'sentence',
  'sells',
  'heard',
  'platform',
  'version',
  'address',
  'problems',
  'orders',
] as const;
export type TableColumn = (typeof tableColumns)[number];
const groupings = ['none', 'place', 'state'] as const;
type Grouping = (typeof groupings)[number];

export interface TableView {
  /** The columns shown beside the number. */
  readonly columns: readonly TableColumn[];
  /** `null`: worst first. */
  readonly sort: { readonly by: TableColumn; readonly down: boolean } | null;
  readonly group: Grouping;
  /** Keys of collapsed groups. */
  readonly folded: readonly string[];
  /** In the filter language. */
  readonly filter: string;
}

export const firstView: TableView = {
  columns: tableColumns.filter((column) => column !== 'model' && column !== 'address'),
  sort: null,
  group: 'none',
  folded: [],
  filter: '',
};

const oneOf =
  <T extends string>(all: readonly T[]) =>
  (value: unknown): value is T =>
    all.some((one) => one === value);
const isColumn = oneOf(tableColumns);
export const isGrouping = oneOf(groupings);

/** A stored view may be from another version. */
export function isTableView(value: unknown): value is TableView {
  if (typeof value !== 'object' || value === null) return false;
  const { columns, sort, group, folded, filter } = value as Record<keyof TableView, unknown>;
  const isSort =
    sort === null ||
    (typeof sort === 'object' &&
      isColumn((sort as { by?: unknown }).by) &&
      typeof (sort as { down?: unknown }).down === 'boolean');
  return (
    Array.isArray(columns) &&
    columns.every(isColumn) &&
    isSort &&
    isGrouping(group) &&
    Array.isArray(folded) &&
    folded.every((key) => typeof key === 'string') &&
    typeof filter === 'string'
  );
}

/** A stored view without the columns that this version does not have. */
export function withKnownColumns(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { columns, sort } = value as Record<'columns' | 'sort', unknown>;
  const by: unknown = typeof sort === 'object' && sort !== null && 'by' in sort ? sort.by : null;
  return {
    ...value,
    columns: Array.isArray(columns) ? columns.filter(isColumn) : columns,
    sort: typeof by === 'string' && !isColumn(by) ? null : sort,
  };
}

export type TableAction =
  | { readonly do: 'sort'; readonly by: TableColumn }
  | { readonly do: 'column'; readonly column: TableColumn }
  | { readonly do: 'group'; readonly by: Grouping }
  | { readonly do: 'fold'; readonly key: string }
  | { readonly do: 'filter'; readonly text: string };

/** Columns whose largest values come first. */
const mostFirst: ReadonlySet<TableColumn> = new Set(['problems', 'orders', 'heard']);

/** A click on a heading: one direction, the other direction, then worst first again. */
function sorted(sort: TableView['sort'], by: TableColumn): TableView['sort'] {
  const first = mostFirst.has(by);
  if (sort?.by !== by) return { by, down: first };
  return sort.down === first ? { by, down: !first } : null;
}

export function viewAfter(view: TableView, action: TableAction): TableView {
  switch (action.do) {
    case 'sort':
      return { ...view, sort: sorted(view.sort, action.by) };
    case 'column': {
      const { column } = action;
      const isShown = view.columns.includes(column);
      const columns = tableColumns.filter((one) => (one === column ? !isShown : view.columns.includes(one)));
      // A hidden column must not decide the order.
      return { ...view, columns, sort: isShown && view.sort?.by === column ? null : view.sort };
    }
    case 'group':
      return { ...view, group: action.by, folded: [] };
    case 'fold': {
      const { key } = action;
      const others = view.folded.filter((one) => one !== key);
      return { ...view, folded: others.length < view.folded.length ? others : [...others, key] };
    }
    case 'filter':
      return { ...view, filter: action.text };
  }
}

export interface TableGroup {
  /** The place, or the state; '': the place is unknown. */
  readonly key: string;
  readonly count: number;
  readonly trouble: number;
}

export interface TableRows {
  /** Machine numbers; a group stands before its machines, with a number below 0. */
  readonly ids: readonly number[];
  readonly groups: ReadonlyMap<number, TableGroup>;
  /** The matching machines in order, including collapsed ones. */
  readonly found: readonly number[];
}

/** A group keeps its number until the window closes, because a held order can name a group that is gone. */
const groupIds = new Map<string, number>();
function groupId(key: string): number {
  const id = groupIds.get(key) ?? -1 - groupIds.size;
  groupIds.set(key, id);
  return id;
}

export interface TableFacts {
  readonly only: Only;
  readonly rows: Rows;
  readonly list: MachineOrder;
  readonly orders: OrderCounts | null;
  readonly now: number;
  readonly matches: (facts: MachineFacts) => boolean;
}

/** Rows of machines with settings that are not on the list. */
export function absentRows(configs: Readonly<Record<number, MachineConfig>>, rows: Rows): Rows {
  const absent = Object.entries(configs).filter(([vmcNo]) => !rows.has(Number(vmcNo)));
  return new Map(absent.map(([vmcNo, config]) => [Number(vmcNo), absentRow(Number(vmcNo), config)]));
}

const absentRow = (vmcNo: number, { name, place, model, platform }: MachineConfig): MachineRow => ({
  vmcNo,
  name,
  place,
  model,
  platform,
  version: null,
  ioVersion: null,
  login: null,
  doubts: [],
  online: false,
  address: null,
  since: 0,
  gone: null,
  lastHeard: null,
  lastBeat: 0,
  link: { loopFrom: null, loopTo: null, noLogin: null, refused: null, halfFrame: null, shared: null },
  restarting: null,
  doorOpen: false,
  cupBlocked: false,
  locked: false,
  worst: null,
  closed: null,
  errorCount: 0,
  verification: 'unverifiable',
  claim: null,
  findingCount: 0,
  virtual: false,
});

export function tableRows(
  { only, rows, list, orders, now, matches }: TableFacts,
  view: TableView,
): TableRows {
  const statusOf = (vmcNo: number): MachineStatus => list.statuses.get(vmcNo) ?? 'offline';
  const ordersOf = (vmcNo: number): number | null => (orders === null ? null : (orders[vmcNo] ?? 0));
  const found = list.order.filter((vmcNo) => {
    const row = rows.get(vmcNo);
    const status = statusOf(vmcNo);
    if (row === undefined) return false;
    if (!isAmong(list, only, vmcNo)) return false;
    const lastProblem = list.lastProblems.get(vmcNo) ?? null;
    return matches({
      row,
      status,
      lastProblem,
      isTroubled: list.troubled.has(vmcNo),
      orders: ordersOf(vmcNo),
    });
  });
  const inOrder = view.sort === null ? found : ordered(found, rows, { ordersOf, now }, view.sort);
  if (view.group === 'none') return { ids: inOrder, groups: new Map(), found: inOrder };

  const byKey = new Map<string, number[]>();
  for (const vmcNo of inOrder) {
    const key =
      view.group === 'state' ? (list.states.get(vmcNo) ?? 'offline') : (rows.get(vmcNo)?.place ?? '').trim();
    const members = byKey.get(key);
    if (members === undefined) byKey.set(key, [vmcNo]);
    else members.push(vmcNo);
  }
  const keys = [...byKey.keys()].toSorted(view.group === 'state' ? byState : byText);
  const ids: number[] = [];
  const groups = new Map<number, TableGroup>();
  for (const key of keys) {
    const members = byKey.get(key) ?? [];
    const id = groupId(key);
    groups.set(id, {
      key,
      count: members.length,
      trouble: members.filter((vmcNo) => list.troubled.has(vmcNo)).length,
    });
    ids.push(id, ...(view.folded.includes(key) ? [] : members));
  }
  return { ids, groups, found: inOrder };
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
/** Empty values sort last. */
const byText = (a: string, b: string): number =>
  a === '' || b === '' ? Number(a === '') - Number(b === '') : collator.compare(a, b);
const byState = (a: string, b: string): number =>
  statusOrder.findIndex((status) => status === a) - statusOrder.findIndex((status) => status === b);

/** Machines that can't sell first. */
const sellingOrder: readonly Selling[] = ['no', 'doubtful', 'unknown', 'pending', 'partly', 'yes'];

interface Sorting {
  readonly ordersOf: (vmcNo: number) => number | null;
  readonly now: number;
}

/** The sort value of a row; `null` and '' sort last in both directions. */
function valueOf(column: TableColumn, row: MachineRow, { ordersOf, now }: Sorting): string | number | null {
  switch (column) {
    case 'number':
      return row.vmcNo;
    case 'name':
    case 'place':
    case 'model':
    case 'platform':
    case 'version':
    case 'address':
      return row[column];
    case 'heard':
      return row.lastHeard;
    case 'sells':
      return sellingOrder.indexOf(sellingNow(row, now));
    case 'problems':
      return problemCount(row, now);
    case 'orders':
      return ordersOf(row.vmcNo);
    // In the order of the list: worst first.
    case 'sentence':
      return null;
  }
}

function ordered(
  numbers: readonly number[],
  rows: Rows,
  sorting: Sorting,
  { by, down }: NonNullable<TableView['sort']>,
): readonly number[] {
  if (by === 'sentence') return down ? numbers.toReversed() : numbers;
  const lines = numbers.map((vmcNo) => {
    const row = rows.get(vmcNo);
    const value = row === undefined ? null : valueOf(by, row, sorting);
    return { vmcNo, value: value === '' ? null : value };
  });
  const turn = down ? -1 : 1;
  return lines
    .toSorted((a, b) => {
      if (a.value === null || b.value === null)
        return Number(a.value === null) - Number(b.value === null) || a.vmcNo - b.vmcNo;
      const order =
        typeof a.value === 'number' && typeof b.value === 'number'
          ? a.value - b.value
          : collator.compare(String(a.value), String(b.value));
      return order * turn || a.vmcNo - b.vmcNo;
    })
    .map(({ vmcNo }) => vmcNo);
}
