/** Small conversions between values and SQLite's columns. */
export type Column = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, unknown>>;

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
