/** Column widths, and the columns that a narrow table leaves out. */
import type { TableColumn } from '../../../store/machineTable';

interface Width {
  readonly css: string;
  /** Minimum width, px. */
  readonly least: number;
}
const fixed = (px: number): Width => ({ css: `${px}px`, least: px });
const share = (least: number, of: number): Width => ({ css: `minmax(${least}px, ${of}fr)`, least });

const widths: Readonly<Record<TableColumn, Width>> = {
  number: fixed(92),
  name: share(100, 1.4),
  place: share(72, 0.9),
  model: share(80, 0.6),
  // Problems are longer than anything else.
  sentence: share(320, 5.5),
  sells: fixed(96),
  heard: fixed(92),
  platform: fixed(68),
  version: share(70, 0.5),
  address: fixed(112),
  problems: fixed(58),
  orders: fixed(84),
};
const choice = 22;
const shape = 20;
/** The dots of the row menu. */
const more = 24;
const gap = 8;
const padding = 24;
/** Beside the lines. */
const scrollbar = 12;

export const gridOf = (columns: readonly TableColumn[]): string =>
  [`${choice}px`, `${shape}px`, ...columns.map((column) => widths[column].css), `${more}px`].join(' ');

/** px */
const leastWidth = (columns: readonly TableColumn[]): number =>
  columns.reduce(
    (sum, column) => sum + gap + widths[column].least,
    scrollbar + padding + choice + gap + shape + gap + more,
  );

/** The least important first. Number and status always stay. */
const leftOut = [
  'address',
  'model',
  'orders',
  'platform',
  'version',
  'place',
  'heard',
  'problems',
  'name',
  'sells',
] as const satisfies readonly TableColumn[];

/** The columns that fit into a table of this width, px. */
export function columnsWithin(width: number, columns: readonly TableColumn[]): readonly TableColumn[] {
  let fitting = columns;
  for (const column of leftOut) {
    if (leastWidth(fitting) <= width) break;
    fitting = fitting.filter((one) => one !== column);
  }
  return fitting;
}
