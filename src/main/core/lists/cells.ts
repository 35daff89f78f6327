/** Converts setting values to table cells and back. */
import { tableCell } from '#shared/visible';

/** `null` means automatic. */
export const cellOf = (value: string | null): string => value ?? 'auto';

/** The cell as written: spreadsheets do not take it for a formula. */
export const safeCell = (value: string | null): string => tableCell(cellOf(value));

/** Evidence that a line is split correctly: an amount, or text without further separators. */
export const isCell = (cell: string): boolean => /^(?:[¥￥]?\s*\d+[.,]\d+|[^,;\t]+)$/.test(cell.trim());
