/** The changes that a table would make to the registry. Changes nothing itself. */
import { machineSettingRows, type MachineConfig } from '#shared/model/machineSettings';
import type { RegistryChange, RegistryKey, RegistryProblem, RegistryRow } from '#shared/model/registry';
import { numberHeading, registryHeadings, registryKeys, type Heading } from '#shared/registryWords';
import { fromTableCell, oneLine, tableCell } from '#shared/visible';
import type { Table, TableRow } from './readTable';

export interface Known {
  /** Whether the machine has connected or has settings. */
  readonly isKnown: (vmcNo: number) => boolean;
  readonly config: (vmcNo: number) => MachineConfig;
}

export interface Plan {
  readonly rows: readonly RegistryRow[];
  readonly patches: ReadonlyMap<number, Partial<MachineConfig>>;
  readonly unchanged: number;
  readonly problems: readonly RegistryProblem[];
  readonly unknown: readonly string[];
}

type Column = 'number' | RegistryKey;

const names = new Map<string, Column>(
  [
    ['number', numberHeading] as const,
    ...registryKeys.map((key) => [key, registryHeadings[key]] as const),
  ].flatMap(([column, { en, zh, others }]: readonly [Column, Heading]) =>
    [column, en, zh, ...others].map((name) => [name.toLowerCase(), column] as const),
  ),
);
const columnOf = (heading: string): Column | null => names.get(heading.trim().toLowerCase()) ?? null;
export const isHeading = (heading: string): boolean => columnOf(heading) !== null;

/** Limit of the unknown column headings shown in a window. */
const headingsNamed = 8;
/** A cell can have megabytes. A window shows the beginning. */
const shown = (cell: string): string => oneLine(cell, 60);

class Wrong extends Error {
  readonly problem: Omit<RegistryProblem, 'line'>;
  constructor(problem: RegistryProblem['problem'], params: RegistryProblem['params']) {
    super(problem);
    this.problem = { problem, params };
  }
}

/** `null`: the table has no column with machine numbers. */
export function planOf({ headings, rows, broken }: Table, known: Known): Plan | null {
  const meanings = headings.map(columnOf);
  const columns = meanings.map((column, at) => (meanings.indexOf(column) === at ? column : null));
  const numberAt = columns.indexOf('number');
  if (numberAt < 0) return null;
  const problems: RegistryProblem[] = [...broken];
  const changed: RegistryRow[] = [];
  const patches = new Map<number, Partial<MachineConfig>>();
  const lines = new Map<number, number>();
  let unchanged = 0;
  for (const row of rows) {
    try {
      const vmcNo = numberOf(row.cells[numberAt] ?? '');
      const first = lines.get(vmcNo);
      if (first !== undefined) throw new Wrong('numberTwice', { vmcNo, first });
      lines.set(vmcNo, row.line);
      const patch = patchOf(row, headings, columns);
      const before = known.config(vmcNo);
      const changes = changesOf(before, patch);
      const isNew = !known.isKnown(vmcNo);
      if (changes.length === 0) unchanged += 1;
      else {
        changed.push({ line: row.line, vmcNo, isNew, changes });
        patches.set(vmcNo, Object.fromEntries(changes.map(({ key }) => [key, patch[key]])));
      }
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      problems.push({ line: row.line, ...error.problem });
    }
  }
  const unread = headings.filter((heading, at) => columns[at] === null && heading.trim() !== '');
  const unknown = [...new Set(unread.map(shown))].slice(0, headingsNamed);
  return {
    rows: changed,
    patches,
    unchanged,
    problems: problems.toSorted((a, b) => a.line - b.line),
    unknown,
  };
}

function numberOf(cell: string): number {
  const text = fromTableCell(cell).trim();
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < 1) throw new Wrong('noNumber', { value: shown(text) });
  return number;
}

function patchOf(
  { cells }: TableRow,
  headings: readonly string[],
  columns: readonly (Column | null)[],
): Partial<MachineConfig> {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
    throw new Wrong('tooManyCells', { cells: cells.length, columns: columns.length });
  const patch: Record<string, unknown> = {};
  for (const [at, column] of columns.entries()) {
    const cell = cells[at];
    if (column === null || column === 'number' || cell === undefined) continue;
    patch[column] = valueOf(column, headings[at]?.trim() ?? column, fromTableCell(cell).trim());
  }
  return patch;
}

function valueOf(key: RegistryKey, column: string, cell: string): unknown {
  const { control, schema, initial } = machineSettingRows[key];
  if (control.kind === 'text') {
    const read = schema.safeParse(cell);
    if (read.success) return read.data;
    throw new Wrong('tooLong', { column, length: cell.length, max: control.maxLength });
  }
  if (cell === '') return initial;
  const values: readonly string[] = control.values;
  const value = values.find((one) => one.toLowerCase() === cell.toLowerCase());
  if (value === undefined)
    throw new Wrong('valueUnknown', { column, value: shown(cell), allowed: values.join(', ') });
  return control.automatic && value === 'auto' ? null : value;
}

function changesOf(before: MachineConfig, patch: Partial<MachineConfig>): readonly RegistryChange[] {
  return registryKeys.flatMap((key) => {
    const to = patch[key];
    if (to === undefined || to === before[key]) return [];
    return [{ key, from: cellOf(before[key]), to: cellOf(to) }];
  });
}

/** `null` means automatic. */
const cellOf = (value: string | null): string => value ?? 'auto';

/** The cell as written: spreadsheets do not take it for a formula. */
export const safeCell = (value: string | null): string => tableCell(cellOf(value));

/** Evidence that a line is split correctly: an amount, or text without further separators. */
export const isCell = (cell: string): boolean => /^(?:[¥￥]?\s*\d+[.,]\d+|[^,;\t]+)$/.test(cell.trim());
