/** Values of settings as cells of a table, and back. */
import { tableCell } from '#shared/visible';

/** `null` is what Crema decides. */
export const cellOf = (value: string | null): string => value ?? 'auto';

/** As it is written: no spreadsheet takes it for a formula. */
export const safeCell = (value: string | null): string => tableCell(cellOf(value));

/** Without the apostrophes that were put before what a spreadsheet would take for a formula. */
export const plainCell = (cell: string): string =>
  cell.replace(/(?<=^|[;\t\r\n])'(?=[=+\-@＝＋－＠\t\r])/g, '');
