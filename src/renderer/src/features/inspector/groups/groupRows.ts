/** Rows of the table of groups: order, filter of a group, cells of a file. */
import { addTerm } from '#shared/filter/language/edit';
import { formatFilter } from '#shared/filter/language/format';
import { parseFilter } from '#shared/filter/language/parse';
import { term } from '#shared/filter/language/tree';
import { unitOf, valueNamed, type GroupValue, type ValueName } from '#shared/filter/values';
import { missingMachines, statisticNames, type EntryGroup, type Groups } from '#shared/model/groups';

/** Names that were checked before. */
export const namesOf = (texts: readonly string[]): readonly ValueName[] =>
  texts.flatMap((text) => {
    const named = valueNamed(text);
    return named.ok ? [named.name] : [];
  });

const isMachine = (name: ValueName | undefined): boolean => name?.kind === 'field' && name.name === 'vmc';

/** A group, or a known machine without an entry. */
export interface GroupRow {
  readonly values: readonly (GroupValue | null)[];
  readonly count: number;
  /** `null`: no entry. */
  readonly group: EntryGroup | null;
}

/** Groups by machine alone have a row for each known machine. */
export function rowsOf(
  { groups, machines }: Pick<Groups, 'groups' | 'machines'>,
  names: readonly ValueName[],
  registered: readonly number[],
): readonly GroupRow[] {
  const rows = groups.map((group): GroupRow => ({ values: group.values, count: group.count, group }));
  if (machines === null || names.length !== 1 || !isMachine(names[0])) return rows;
  const missing = missingMachines([...machines, ...registered], groups);
  return [...rows, ...missing.map((vmcNo): GroupRow => ({ values: [vmcNo], count: 0, group: null }))];
}

/** A column: the place of a name, a fixed one, or a statistic. */
export type Column =
  | { readonly of: 'value'; readonly at: number }
  | { readonly of: 'count' | 'first' | 'last' }
  | { readonly of: 'stat'; readonly at: number; readonly name: (typeof statisticNames)[number] };
export const columnKey = (column: Column): string => JSON.stringify(column);

export function columnsOf(names: number, stats: number): readonly Column[] {
  return [
    ...Array.from({ length: names }, (_, at): Column => ({ of: 'value', at })),
    { of: 'count' },
    { of: 'first' },
    { of: 'last' },
    ...Array.from({ length: stats }, (_, at) =>
      statisticNames.map((name): Column => ({ of: 'stat', at, name })),
    ).flat(),
  ];
}

/** `null`: the row has none. */
export function cellOf({ values, count, group }: GroupRow, column: Column): GroupValue | null {
  switch (column.of) {
    case 'value':
      return values[column.at] ?? null;
    case 'count':
      return count;
    case 'first':
      return group?.first ?? null;
    case 'last':
      return group?.last ?? null;
    case 'stat': {
      const stat = group?.stats[column.at];
      return stat === undefined || (stat.count === 0 && column.name !== 'count') ? null : stat[column.name];
    }
  }
}

export interface Order {
  readonly column: Column;
  readonly isDown: boolean;
}
/** Rows without a value are last in both directions. */
export function ordered(rows: readonly GroupRow[], { column, isDown }: Order): readonly GroupRow[] {
  return rows.toSorted((a, b) => {
    const [one, other] = [cellOf(a, column), cellOf(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const by =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : String(one).localeCompare(String(other), undefined, { numeric: true });
    return isDown ? -by : by;
  });
}

/** The end of an hour or day, by this computer's clock. */
function endOf(name: ValueName, from: number): number {
  const date = new Date(from);
  if (name.kind === 'own' && name.name === 'day') date.setDate(date.getDate() + 1);
  else date.setTime(from + 3_600_000);
  return date.getTime();
}

/** Adds a span of time, and keeps the times of the text. `to`: exclusive. */
function withTimes(text: string, from: number, to: number, now: number): string {
  const span = formatFilter(
    term('time', [
      {
        is: 'timeRange',
        from: { kind: 'at', from, to: from + 1 },
        to: { kind: 'at', from: to - 1, to },
      },
    ]),
  );
  const parsed = parseFilter(text, { now });
  const isOr = parsed.ok && parsed.filter.kind === 'or';
  return `${isOr ? `(${text.trim()})` : text.trim()} ${span}`.trim();
}

/** The filter text with the terms of a group; `null`: filters have no such field (version, platform). */
export function filterOf(
  typed: string,
  names: readonly ValueName[],
  values: GroupRow['values'],
  now: number,
): string | null {
  let text = typed;
  for (const [at, name] of names.entries()) {
    const value = values[at] ?? null;
    if (name.kind === 'own') {
      if (unitOf(name) !== 'time' || typeof value !== 'number') return null;
      text = withTimes(text, value, endOf(name, value), now);
      continue;
    }
    // A member's number and its text are one group.
    const wanted = name.kind === 'body' && value !== null ? String(value) : value;
    text = addTerm(text, name.kind === 'body' ? name.path : name.name, wanted, 'only', { now });
  }
  return text;
}
