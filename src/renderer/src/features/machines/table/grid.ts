/** Column widths. */
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
  name: share(84, 1),
  place: share(72, 0.8),
  model: share(80, 0.6),
  // Problems are longer than anything else.
  sentence: share(220, 6),
  heard: fixed(92),
  platform: fixed(68),
  version: share(70, 0.5),
  address: fixed(112),
  errors: fixed(58),
  orders: fixed(84),
};
const choice = 22;
const shape = 20;
/** The dots of the row menu. */
const more = 24;
const gap = 8;
const padding = 24;

export function gridOf(columns: readonly TableColumn[]): {
  readonly columns: string;
  readonly width: number;
} {
  const all = columns.map((column) => widths[column]);
  return {
    columns: [`${choice}px`, `${shape}px`, ...all.map(({ css }) => css), `${more}px`].join(' '),
    width: padding + choice + gap + shape + gap + more + all.reduce((sum, { least }) => sum + gap + least, 0),
  };
}
