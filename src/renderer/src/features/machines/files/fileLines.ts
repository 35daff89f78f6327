/** A text as rows of a list: a line each, or several where it is longer than can be drawn at once. */

export interface TextRow {
  /** Of its line, from 1. */
  readonly line: number;
  readonly text: string;
  readonly isFirst: boolean;
}

/** Characters of a line that stands in one row, however much of it is in view. */
const longestLine = 1_000;
/** Of a longer one, characters of each row: the narrowest pane shows as many. */
const longestPiece = 64;

export const linesOf = (text: string): readonly string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

export function rowsOf(lines: readonly string[]): readonly TextRow[] {
  const rows: TextRow[] = [];
  for (const [index, text] of lines.entries()) {
    if (text.length <= longestLine) rows.push({ line: index + 1, text, isFirst: true });
    else addPieces(rows, text, index + 1);
  }
  return rows;
}

function addPieces(rows: TextRow[], text: string, line: number): void {
  for (let from = 0; from < text.length;) {
    // Both halves of a character outside the Basic Multilingual Plane stay together.
    const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(from + longestPiece - 1));
    const to = from + longestPiece - (isHalf ? 1 : 0);
    rows.push({ line, text: text.slice(from, to), isFirst: from === 0 });
    from = to;
  }
}

/** Places of the rows, from 1, whose line is looked for, and how many lines those are. `isWanted`: `null`, all. */
export function foundRows(
  lines: readonly string[],
  rows: readonly TextRow[],
  isWanted: ((line: string) => boolean) | null,
): { readonly places: readonly number[]; readonly count: number } {
  const places: number[] = [];
  let count = 0;
  let isFound = false;
  for (const [index, { line, isFirst }] of rows.entries()) {
    if (isFirst) {
      isFound = isWanted === null || isWanted(lines[line - 1] ?? '');
      if (isFound) count += 1;
    }
    if (isFound) places.push(index + 1);
  }
  return { places, count };
}
