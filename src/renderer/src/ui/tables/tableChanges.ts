/** How a table of products or recipes differs from the one that was fetched before. */
import type { FetchedTable } from '#shared/model/fetched';

export interface TableChanges {
  /** Rows that are not in the earlier one, by their place. */
  readonly added: ReadonlySet<number>;
  /** Of those that are in both, what the earlier one has where it differs: by place, then by column. */
  readonly changed: ReadonlyMap<number, ReadonlyMap<string, string>>;
  /** How many of the earlier one are gone. */
  readonly gone: number;
}

/** By what a row is known. */
const keys = ['productId', 'ProductId', 'product_id', 'id', 'name'];

/** `null`: nothing says which rows are the same. */
export function tableChanges(now: FetchedTable, before: FetchedTable): TableChanges | null {
  const key = keys.find((name) => now.columns.includes(name) && before.columns.includes(name));
  if (key === undefined) return null;
  const keyOf = (table: FetchedTable, row: readonly string[]): string =>
    row[table.columns.indexOf(key)] ?? '';
  const earlier = new Map(before.rows.map((row) => [keyOf(before, row), row]));
  const added = new Set<number>();
  const changed = new Map<number, ReadonlyMap<string, string>>();
  now.rows.forEach((row, place) => {
    const old = earlier.get(keyOf(now, row));
    if (old === undefined) {
      added.add(place);
      return;
    }
    earlier.delete(keyOf(now, row));
    const cells = now.columns.flatMap((column, index) => {
      const was = old[before.columns.indexOf(column)] ?? '';
      return was === (row[index] ?? '') ? [] : [[column, was] as const];
    });
    if (cells.length > 0) changed.set(place, new Map(cells));
  });
  return { added, changed, gone: earlier.size };
}
