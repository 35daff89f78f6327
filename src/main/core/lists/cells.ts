/** Values of settings as cells of a table, and back. */
import { tableCell } from '#shared/visible';

/** `null` is what Crema decides. */
export const cellOf = (value: string | null): string => value ?? 'auto';

/** As it is written: no spreadsheet takes it for a formula. */
export const safeCell = (value: string | null): string => tableCell(cellOf(value));

/** What shows that a line is divided rightly: an amount, or a text without anything that could divide it again. */
export const isCell = (cell: string): boolean => /^(?:[¥￥]?\s*\d+[.,]\d+|[^,;\t]+)$/.test(cell.trim());
