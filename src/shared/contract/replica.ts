/**
 * A copy of all live values and tables. Main has one and so has each window, and both apply batches with the same
 * function. Unchanged values and rows keep their identity, so that a window draws only the changed ones.
 */
import {
  live,
  livePartsOf,
  type LiveBatch,
  type RowOf,
  type TableChange,
  type TablePart,
  type TableRows,
  type ValuePart,
  type Values,
} from './live';

export type Replica = Values & { readonly [P in TablePart]: ReadonlyMap<number, RowOf<P>> };
export type LiveSnapshot = Values & TableRows;

const valueParts = livePartsOf('value');
const tableParts = livePartsOf('table');

export const emptyReplica = {
  ...Object.fromEntries(valueParts.map((part) => [part, live[part].initial])),
  ...Object.fromEntries(tableParts.map((part) => [part, new Map()])),
} as unknown as Replica;

/** The parts that a batch names, after it. `takes`: parts to apply; left out: all. A second application changes nothing. */
export function afterBatch(
  before: Replica,
  batch: LiveBatch,
  takes: (part: ValuePart | TablePart) => boolean = () => true,
): Partial<Replica> {
  const after: Record<string, unknown> = {};
  for (const part of valueParts)
    if (batch[part] !== undefined && takes(part)) after[part] = keepSame<unknown>(before[part], batch[part]);
  for (const part of tableParts)
    if (batch[part] !== undefined && takes(part))
      after[part] = applyChange<never>(
        before[part] as Rows<never>,
        batch[part] as TableChange<never>,
        live[part],
      );
  return after;
}

/** The batch that turns `before` into the snapshot, which can leave out parts. */
export function batchTo(before: Replica, snapshot: Partial<LiveSnapshot>): LiveBatch {
  const tables = tableParts.flatMap((part) => {
    const rows = snapshot[part];
    if (rows === undefined) return [];
    const key = live[part].key as (row: unknown) => number;
    const present = new Set(rows.map(key));
    return [[part, { removed: [...before[part].keys()].filter((one) => !present.has(one)), rows }]];
  });
  return { ...snapshot, ...Object.fromEntries(tables) } as LiveBatch;
}

export const snapshotOf = (replica: Replica): LiveSnapshot => ({ ...replica, ...rowsOf(replica) });

const rowsOf = (replica: Replica): TableRows =>
  Object.fromEntries(tableParts.map((part) => [part, [...replica[part].values()]])) as unknown as TableRows;

type Rows<T> = ReadonlyMap<number, T>;
interface TableRow<T> {
  readonly key: (row: T) => number;
  readonly quiet: readonly (keyof T)[];
}

/** The same map if nothing differs. */
export function applyChange<T extends object>(
  rows: Rows<T>,
  { removed = [], rows: complete = [], patches = [], touched }: TableChange<T>,
  { key: keyOf, quiet }: TableRow<T>,
): Rows<T> {
  const next = new Map(rows);
  let isChanged = false;
  const change = (key: number, changed: (row: T) => T): void => {
    const old = next.get(key);
    const row = old === undefined ? undefined : changed(old);
    if (row === undefined || row === old) return;
    next.set(key, row);
    isChanged = true;
  };
  for (const key of removed) isChanged = next.delete(key) || isChanged;
  for (const row of complete) {
    const key = keyOf(row);
    if (next.has(key)) change(key, (old) => keepSame(old, row));
    else {
      next.set(key, row);
      isChanged = true;
    }
  }
  for (const [key, members] of patches) change(key, (old) => withMembers(old, members));
  for (const [at, key] of (touched?.keys ?? []).entries())
    change(key, (old) => {
      const members: Partial<T> = {};
      for (const [nr, member] of quiet.entries()) members[member] = touched?.columns[nr]?.[at] as T[keyof T];
      return withMembers(old, members);
    });
  return isChanged ? next : rows;
}

/** The row itself if these members are equal already. */
function withMembers<T extends object>(row: T, members: Partial<T>): T {
  const changed: Partial<T> = {};
  let isChanged = false;
  for (const name of Object.keys(members) as (keyof T)[]) {
    const value = keepSame(row[name], members[name] as T[keyof T]);
    if (Object.is(value, row[name])) continue;
    changed[name] = value;
    isChanged = true;
  }
  return isChanged ? { ...row, ...changed } : row;
}

/** `after`, with equal values taken from `before` at every depth. */
export function keepSame<T>(before: T, after: T): T {
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    return Object.is(before, after) ? before : after;
  }
  if (before === after) return before;
  const keys = Object.keys(after);
  const known = Object.keys(before);
  let isChanged = keys.length !== known.length;
  // Settings of thousands of machines arrive in one value: nothing is allocated unless they changed. Their order may be shown.
  const values: unknown[] = [];
  for (const [i, key] of keys.entries()) {
    const value = Object.hasOwn(before, key) ? keepSame(before[key], after[key]) : after[key];
    isChanged ||= key !== known[i] || !Object.is(value, before[key]);
    values.push(value);
  }
  if (!isChanged) return before;
  return (Array.isArray(after) ? values : Object.fromEntries(keys.map((key, i) => [key, values[i]]))) as T;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
