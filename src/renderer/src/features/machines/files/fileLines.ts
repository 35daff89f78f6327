/** A text as list rows: one per line, or several for a line too long to render at once. Splitting and searching run in parts. */
import type { Parts } from '../../../ui/useInParts';
import type { LineMatcher } from './lineMatcher';

interface TextRow {
  /** The number of its line, from 1. */
  readonly line: number;
  readonly text: string;
  readonly isFirst: boolean;
}

export interface SplitText {
  readonly lines: readonly string[];
  readonly rows: readonly TextRow[];
}

export interface FoundRows {
  /** The searched text. */
  readonly split: SplitText;
  /** Numbers of the rows of matching lines, from 1. */
  readonly places: readonly number[];
  /** The number of matching lines. */
  readonly count: number;
}

/** Characters of the longest line in one row. */
const longestLine = 1_000;
/** Characters per row of a longer line; fits the narrowest pane. */
const longestPiece = 64;

/** [ours] Characters of one part: about 10 ms. */
const perPart = { split: 500_000, words: 1_000_000, expression: 50_000 } as const;
/** [ours] In a longer line, an expression sees this many characters at once, and the last ones before them. */
const expressionSees = 20_000;
const seenBefore = 2_000;
/** Fixed cost of a line, in characters. */
const pieceCost = 10;

export function* splitText(text: string): Parts<SplitText> {
  const lines: string[] = [];
  const rows: TextRow[] = [];
  const length = lengthOfLines(text);
  let pausedAt = 0;
  for (let from = 0; from <= length;) {
    const at = text.indexOf('\n', from);
    const isLast = at < 0 || at >= length;
    const end = isLast ? length : at;
    const line = text.slice(from, !isLast && text[end - 1] === '\r' ? end - 1 : end);
    lines.push(line);
    if (line.length <= longestLine) rows.push({ line: lines.length, text: line, isFirst: true });
    else yield* addPieces(rows, line, lines.length);
    from = end + 1;
    if (from - pausedAt < perPart.split) continue;
    pausedAt = from;
    yield;
  }
  return { lines, rows };
}

/** Without the last line break, which begins no new line. */
function lengthOfLines(text: string): number {
  if (!text.endsWith('\n')) return text.length;
  return text.length - (text.endsWith('\r\n') ? 2 : 1);
}

function* addPieces(rows: TextRow[], text: string, line: number): Parts<void> {
  let pausedAt = 0;
  for (let from = 0; from < text.length;) {
    // Do not split a surrogate pair.
    const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(from + longestPiece - 1));
    const to = from + longestPiece - (isHalf ? 1 : 0);
    rows.push({ line, text: text.slice(from, to), isFirst: from === 0 });
    from = to;
    if (from - pausedAt < perPart.split) continue;
    pausedAt = from;
    yield;
  }
}

/** `matcher` `null`: all lines. */
export function* foundRows(split: SplitText, matcher: LineMatcher | null): Parts<FoundRows> {
  const { lines, rows } = split;
  const { kind, matches } = matcher ?? everything;
  const places: number[] = [];
  let count = 0;
  let isFound = false;
  let left: number = perPart[kind];
  for (const [index, { line, isFirst }] of rows.entries()) {
    if (isFirst) {
      isFound = false;
      for (const piece of piecesOf(lines[line - 1] ?? '', kind)) {
        if (left <= 0) {
          left = perPart[kind];
          yield;
        }
        left -= piece.length + pieceCost;
        isFound ||= matches(piece);
      }
      if (isFound) count += 1;
    }
    if (isFound) places.push(index + 1);
  }
  return { split, places, count };
}

const everything: LineMatcher = { kind: 'words', matches: () => true };

/** The pieces of a line that are searched one by one. */
function piecesOf(line: string, kind: LineMatcher['kind']): readonly string[] {
  if (kind === 'words' || line.length <= expressionSees) return [line];
  const step = expressionSees - seenBefore;
  return Array.from({ length: Math.ceil((line.length - seenBefore) / step) }, (_, piece) =>
    line.slice(piece * step, piece * step + expressionSees),
  );
}
