/** Differences between a table of products or recipes and the earlier one. */
import type { FetchedTable } from '#shared/model/fetched';

export interface TableChanges {
  /** Rows that the earlier table lacks, by index. */
  readonly added: ReadonlySet<number>;
  /** For rows in both tables, the differing earlier values: by index, then by column. */
  readonly changed: ReadonlyMap<number, ReadonlyMap<string, string>>;
  /** Number of rows missing from the new table. */
  readonly gone: number;
}

/** Columns that identify a row. */
const keys = ['productId', 'ProductId', 'product_id', 'id', 'name'];

/** `null`: no column identifies the rows. */
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
