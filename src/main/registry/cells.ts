/** Values of settings as cells of a table, and back. */
import { fromVisible, tableCell } from '#shared/visible';

/** `null` is what Crema decides. */
export const cellOf = (value: string | null): string => value ?? 'auto';

/** As it is written: no spreadsheet takes it for a formula. */
export const safeCell = (value: string | null): string => tableCell(cellOf(value));

/** As it was before `safeCell`: without its apostrophes and names of characters. */
export const plainCell = (cell: string): string =>
  fromVisible(cell.replace(/(?<=^|[;\t\r\n])'(?=[=+\-@＝＋－＠\t\r])/g, ''));

/** What shows that a line is divided rightly: an amount, or a text without anything that could divide it again. */
export const isCell = (cell: string): boolean => /^(?:[¥￥]?\s*\d+[.,]\d+|[^,;\t]+)$/.test(cell.trim());
