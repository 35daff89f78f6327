/** Reads a CSV file of any program as a table. */
import { parse } from 'csv-parse/sync';
import { mostCells } from '#shared/limits';
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
const separatorLine = /^sep=(.)(?:\n|$)/i;
/** [ours] More broken records mean that the file is not a table. */
const mostBroken = 100;

/** The table has `mostCells` cells or more. */
export interface Overfull {
  /** The line with which it reaches the limit, counted from 1. */
  readonly overfullAt: number;
}

class TooManyCells extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`${mostCells} cells or more`);
    this.line = line;
  }
}

/**
 * `isKnown`: for headings. The separator that gives the most known headings is used. The limits are checked before lines and cells
 * are made: millions of them would take more memory than a process has.
 */
export function readTable(text: string, isKnown: (heading: string) => boolean): Table | Overfull {
  try {
    refuseLines(text);
    return tableOf(text.replace(/\r\n?/g, '\n'), isKnown);
  } catch (error) {
    if (error instanceof TooManyCells) return { overfullAt: error.line };
    throw error;
  }
}

/** @throws TooManyCells */
function refuseLines(text: string): void {
  let line = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== newline && (code !== carriageReturn || text.charCodeAt(at + 1) === newline)) continue;
    line += 1;
    if (line > mostCells) throw new TooManyCells(line);
  }
}

const newline = 0x0a;
const carriageReturn = 0x0d;

function tableOf(text: string, isKnown: (heading: string) => boolean): Table {
  const [head = '', declared] = separatorLine.exec(text) ?? [];
  const bytes = Buffer.from(text);
  const start: Place = { byte: Buffer.byteLength(head), line: declared === undefined ? 0 : 1 };
  const known = (delimiter: string): number => headingsOf(bytes, start, delimiter).filter(isKnown).length;
  const separator =
    declared ??
    delimiters
      .map((delimiter) => ({ delimiter, count: known(delimiter) }))
      .reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
  const broken: RegistryProblem[] = [];
  const [headings, ...rows] = readRecords(bytes, start, separator, (line) =>
    broken.push({ line, problem: 'broken', params: {} }),
  );
  return { headings: headings?.cells ?? [], rows, separator, broken };
}

/** A place in the text: bytes and lines before it. */
interface Place {
  readonly byte: number;
  readonly line: number;
}

function headingsOf(bytes: Buffer, start: Place, delimiter: string): readonly string[] {
  let headings: readonly string[] = [];
  readPart(bytes, start, delimiter, ({ cells }) => {
    headings = cells;
    return false;
  });
  return headings;
}

/** Unbalanced quotation marks would take all following lines, so reading restarts at the next line. */
function readRecords(
  bytes: Buffer,
  start: Place,
  delimiter: string,
  onBroken: (line: number) => void,
): readonly TableRow[] {
  const found: TableRow[] = [];
  let taken = 0;
  const onRow = (row: TableRow): boolean => {
    taken += row.cells.length;
    if (taken >= mostCells) throw new TooManyCells(row.line);
    return found.push(row) > 0;
  };
  let from = start;
  for (let broken = 0; broken <= mostBroken; broken += 1) {
    const end = readPart(bytes, from, delimiter, onRow);
    if (end === null) break;
    from = afterText(bytes, end);
    onBroken(from.line);
  }
  return found;
}

/**
 * Reads up to a broken record, or until `onRow` returns false. Returns the place before the broken record, after the valid ones;
 * `null`: no record is broken. @throws TooManyCells if one record reaches the limit
 */
function readPart(
  bytes: Buffer,
  from: Place,
  delimiter: string,
  onRow: (row: TableRow) => boolean,
): Place | null {
  const stopped = new Error('stopped');
  const seen = { end: from, isBroken: false };
  try {
    parse(bytes.subarray(from.byte), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      // Ends the separation of a record at the limit: the parser would hold millions of cells until the record ends.
      ignore_last_delimiters: mostCells,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_record: (cells: readonly string[], { bytes: size, lines }) => {
        // `lines` is the last line of the record.
        seen.end = { byte: from.byte + size, line: from.line + lines };
        const row = { line: seen.end.line - lineEndsIn(cells), cells };
        if (cells.length >= mostCells) throw new TooManyCells(row.line);
        const isEmpty = cells.every((cell) => cell.trim() === '');
        if (!isEmpty && !onRow(row)) throw stopped;
        return null;
      },
      on_skip: (error) => {
        // A quoted cell at the limit is followed by a separator that does not count.
        if (error !== undefined && Number(error['index']) >= mostCells - 1)
          throw new TooManyCells(afterText(bytes, seen.end).line);
        seen.isBroken = true;
        throw stopped;
      },
    });
  } catch (error) {
    if (error !== stopped) throw error;
  }
  return seen.isBroken ? seen.end : null;
}

/** The place after the next line with text. */
function afterText(bytes: Buffer, { byte, line }: Place): Place {
  for (let [from, count] = [byte, line + 1]; ; count += 1) {
    const at = bytes.indexOf(newline, from);
    const end = at < 0 ? bytes.length : at + 1;
    if (at < 0 || bytes.toString('utf8', from, end).trim() !== '') return { byte: end, line: count };
    from = end;
  }
}

function lineEndsIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells)
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}
