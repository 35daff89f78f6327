/** The bytes of a CSV file as a table, whichever program wrote them. */
import { parse } from 'csv-parse/sync';
import type { RegistryProblem } from '#shared/model/registry';
import { tooMuch } from './tooMuch';

/** A record and where it begins. */
export interface TableRow {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
  /** Records that can't be taken apart. */
  readonly broken: readonly RegistryProblem[];
}

/** As Excel writes them: with a mark at the beginning, or in the system's own encoding. `null`: none of them. */
export function textOf(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  for (const encoding of marked === null ? ['utf-8', 'gb18030'] : [marked]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\0') ? null : text;
    } catch {
      // The next one.
    }
  }
  return null;
}

const delimiters = [',', ';', '\t'] as const;
/** Excel's own first line, which says what stands between cells. */
const separatorLine = /^sep=(.)$/i;
/** [ours] With more of them it is no table. */
const mostBroken = 100;
/** [ours] Cells of a table: 10,000 machines with every column three times over. */
const mostCells = 500_000;

/** `isKnown`: of headings; cells are divided by what makes most of them known. */
export function readTable(text: string, isKnown: (heading: string) => boolean): Table {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const said = separatorLine.exec(lines[0] ?? '')?.[1];
  const first = said === undefined ? 0 : 1;
  const known = (delimiter: string): number =>
    partOf(lines.slice(first), delimiter, 1).rows[0]?.cells.filter(isKnown).length ?? 0;
  const broken: RegistryProblem[] = [];
  const [best = ','] = delimiters.toSorted((a, b) => known(b) - known(a));
  const [head, ...rows] = readLines(lines, first, said ?? best, (line) =>
    broken.push({ line, problem: 'broken', params: {} }),
  );
  return { headings: head?.cells ?? [], rows, broken };
}

/** Quotation marks that don't go together would take all that follows with them: it is read anew from the next line. */
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
    if (taken > mostCells) throw Object.assign(new Error(`more than ${mostCells} cells`), { code: tooMuch });
    found.push(...rows.map(({ line, cells }) => ({ line: line + from, cells })));
    if (problem === null) break;
    const at = from + problem;
    onBroken(at);
    from = at;
  }
  return found;
}

interface PartOf {
  readonly rows: readonly TableRow[];
  /** The line of the first record that can't be taken apart, after those that can. */
  readonly problem: number | null;
  readonly cells: number;
}

function partOf(lines: readonly string[], delimiter: string, to?: number): PartOf {
  const rows: TableRow[] = [];
  /** Whether one can't be taken apart, and how many lines can before it. */
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
      // Told is the line at which it ends.
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
