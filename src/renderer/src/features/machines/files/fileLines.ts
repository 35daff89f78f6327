/** A text as rows of a list: a line each, or several where it is longer than can be drawn at once. It is split and searched in parts. */
import type { Parts } from '../../../ui/useInParts';
import type { LineMatcher } from './lineMatcher';

interface TextRow {
  /** Of its line, from 1. */
  readonly line: number;
  readonly text: string;
  readonly isFirst: boolean;
}

export interface SplitText {
  readonly lines: readonly string[];
  readonly rows: readonly TextRow[];
}

export interface FoundRows {
  /** That was searched. */
  readonly split: SplitText;
  /** Of the rows whose line is looked for, from 1. */
  readonly places: readonly number[];
  /** How many lines those are. */
  readonly count: number;
}

/** Characters of a line that stands in one row, however much of it is in view. */
const longestLine = 1_000;
/** Of a longer one, characters of each row: the narrowest pane shows as many. */
const longestPiece = 64;

/** [ours] Characters of one part: some 10 ms. */
const perPart = { split: 500_000, words: 1_000_000, expression: 50_000 } as const;
/** [ours] Of a longer line an expression sees so many characters at once, and with them the last ones of those before. */
const expressionSees = 20_000;
const seenBefore = 2_000;
/** What a line costs beside its characters, in characters. */
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

/** Without the line break at the end, which begins no other line. */
function lengthOfLines(text: string): number {
  if (!text.endsWith('\n')) return text.length;
  return text.length - (text.endsWith('\r\n') ? 2 : 1);
}

function* addPieces(rows: TextRow[], text: string, line: number): Parts<void> {
  let pausedAt = 0;
  for (let from = 0; from < text.length;) {
    // Both halves of a character outside the Basic Multilingual Plane stay together.
    const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(from + longestPiece - 1));
    const to = from + longestPiece - (isHalf ? 1 : 0);
    rows.push({ line, text: text.slice(from, to), isFirst: from === 0 });
    from = to;
    if (from - pausedAt < perPart.split) continue;
    pausedAt = from;
    yield;
  }
}

/** `matcher`: `null`, all lines. */
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

/** What of a line is looked at at once. */
function piecesOf(line: string, kind: LineMatcher['kind']): readonly string[] {
  if (kind === 'words' || line.length <= expressionSees) return [line];
  const step = expressionSees - seenBefore;
  return Array.from({ length: Math.ceil((line.length - seenBefore) / step) }, (_, piece) =>
    line.slice(piece * step, piece * step + expressionSees),
  );
}
