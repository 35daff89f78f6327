/** Conversions between values and SQLite columns. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

export type Column = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, unknown>>;

/** A file that another version of Crema wrote may lack a table. */
export const hasTable = (db: DatabaseSyncInstance, name: string): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;

/**
 * Reads all rows. A changed byte can turn a number into a value that
 * JavaScript cannot hold exactly; such a value is a bigint.
 */
export function rowsOf(
  statement: StatementSyncInstance,
  ...values: readonly (number | string)[]
): readonly Row[] {
  try {
    return statement.all(...values) as Row[];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  statement.setReadBigInts(true);
  try {
    return (statement.all(...values) as Row[]).map(plainRow);
  } finally {
    statement.setReadBigInts(false);
  }
}

const plainRow = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));

/** Like `rowsOf`, row by row. */
export function* eachRow(
  statement: StatementSyncInstance,
  ...values: readonly (number | string)[]
): Generator<Row> {
  let given = 0;
  try {
    for (const row of statement.iterate(...values) as Iterable<Row>) {
      given += 1;
      yield row;
    }
    return;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  statement.setReadBigInts(true);
  try {
    let n = 0;
    for (const row of statement.iterate(...values) as Iterable<Row>) {
      n += 1;
      if (n > given) yield plainRow(row);
    }
  } finally {
    statement.setReadBigInts(false);
  }
}

function plain(value: unknown): unknown {
  const isSmall = typeof value === 'bigint' && Number.isSafeInteger(Number(value));
  return isSmall ? Number(value) : value;
}

export function flag(value: boolean | null): number | null {
  return value === null ? null : Number(value);
}
export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null;
}
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
export function boolOrNull(value: unknown): boolean | null {
  return typeof value === 'number' ? value !== 0 : null;
}
