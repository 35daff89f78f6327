/** Reads a CSV file of any program as a table. */
import { parse } from 'csv-parse/sync';
import type { RegistryProblem } from '#shared/model/registry';

/** A record and its first line. */
export interface TableRow {
  /** Counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
  /** Between two cells. */
  readonly separator: string;
  /** Records that cannot be parsed. */
  readonly broken: readonly RegistryProblem[];
}

/** The encodings that Excel writes: with a byte order mark, or the system's own. `null`: none of them. */
export function textOf(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  for (const encoding of marked === null ? ['utf-8', 'gb18030'] : [marked]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\0') ? null : text;
    } catch {
      // Try the next encoding.
    }
  }
  return null;
}

const delimiters = [',', ';', '\t'] as const;
/** Excel's own first line, which declares the separator. */
const separatorLine = /^sep=(.)$/i;
/** [ours] More broken records mean that the file is not a table. */
const mostBroken = 100;
/** [ours] Limit of cells: 10,000 machines with every column three times. */
const mostCells = 500_000;

/** `isKnown`: for headings. The separator that gives the most known headings is used. */
export function readTable(text: string, isKnown: (heading: string) => boolean): Table {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  refuseAbove(lines.length);
  const declared = separatorLine.exec(lines[0] ?? '')?.[1];
  const first = declared === undefined ? 0 : 1;
  const known = (delimiter: string): number =>
    partOf(lines.slice(first), delimiter, 1).rows[0]?.cells.filter(isKnown).length ?? 0;
  const broken: RegistryProblem[] = [];
  const [best = ','] = delimiters.toSorted((a, b) => known(b) - known(a));
  const separator = declared ?? best;
  const [head, ...rows] = readLines(lines, first, separator, (line) =>
    broken.push({ line, problem: 'broken', params: {} }),
  );
  return { headings: head?.cells ?? [], rows, separator, broken };
}

/** Unbalanced quotation marks would take all following lines, so reading restarts at the next line. */
function readLines(
  lines: readonly string[],
  first: number,
  delimiter: string,
  onBroken: (line: number) => void,
): readonly TableRow[] {
  const found: TableRow[] = [];
  let from = first;
  let taken = 0;
  for (let broken = 0; broken <= mostBroken; broken += 1) {
    const { rows, problem, ...part } = partOf(lines.slice(from), delimiter);
    taken += part.cells;
    refuseAbove(taken);
    found.push(...rows.map(({ line, cells }) => ({ line: line + from, cells })));
    if (problem === null) break;
    const at = from + problem;
    onBroken(at);
    from = at;
  }
  return found;
}

/** Also for lines, before they are split into cells: each has one at least, and splitting millions takes minutes. */
function refuseAbove(cells: number): void {
  if (cells > mostCells) throw Object.assign(new Error(`more than ${mostCells} cells`), { code: tooMuch });
}

interface PartOf {
  readonly rows: readonly TableRow[];
  /** The line of the first broken record, after the valid ones. */
  readonly problem: number | null;
  readonly cells: number;
}

function partOf(lines: readonly string[], delimiter: string, to?: number): PartOf {
  const rows: TableRow[] = [];
  /** Whether a record is broken, and the number of lines before it. */
  const seen = { isBroken: false, done: 0, cells: 0 };
  parse(lines.join('\n'), {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    skip_records_with_error: true,
    ...(to !== undefined && { to }),
    on_record: (cells: readonly string[], { lines: end }) => {
      // `lines` is the last line of the record.
      if (seen.isBroken || seen.cells > mostCells) return null;
      seen.cells += cells.length;
      rows.push({ line: end - lineEndsIn(cells), cells });
      seen.done = end;
      return null;
    },
    on_skip: (error) => {
      if (error !== undefined) seen.isBroken = true;
      return undefined;
    },
  });
  if (!seen.isBroken) return { rows, problem: null, cells: seen.cells };
  const next = lines.findIndex((line, at) => at >= seen.done && line.trim() !== '');
  return { rows, problem: next + 1, cells: seen.cells };
}

const lineEndsIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);

/** Error code of a table with more cells than the limit. */
export const tooMuch = 'TOO_MUCH';
