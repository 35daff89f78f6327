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
  name: share(110, 1.4),
  place: share(100, 1.2),
  model: share(80, 0.8),
  sentence: share(240, 3.4),
  heard: fixed(104),
  platform: fixed(68),
  version: share(84, 0.8),
  address: fixed(112),
  errors: fixed(58),
  orders: fixed(64),
};
const choice = 22;
const shape = 20;
const gap = 10;
const padding = 24;

export function gridOf(columns: readonly TableColumn[]): {
  readonly columns: string;
  readonly width: number;
} {
  const all = columns.map((column) => widths[column]);
  return {
    columns: [`${choice}px`, `${shape}px`, ...all.map(({ css }) => css)].join(' '),
    width: padding + choice + gap + shape + all.reduce((sum, { least }) => sum + gap + least, 0),
  };
}
