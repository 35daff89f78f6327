/**
 * From text to tree. The grammar (docs/filter.md says it for people):
 *
 *   filter := [ or ]             or   := and { "OR" and }         and := not { [ "AND" ] not }
 *   not    := ( "NOT" | "-" ) not | "(" or ")" | term             term := words | field operator value { "," value }
 */
import { Refusal, type FilterError } from './errors';
import { Scanner } from './scan';
import { isNegation } from './spellings';
import { readTerm } from './terms';
import { allOf, anyOf, everything, not, type Filter } from './tree';

export const maxTextLength = 2000;
export const maxDepth = 50;

export type Parsed =
  { readonly ok: true; readonly filter: Filter } | { readonly ok: false; readonly error: FilterError };

/** A piece of the text that must hold beside the others, and where it stands. */
export interface Piece {
  readonly filter: Filter;
  readonly at: number;
  readonly end: number;
}

/** `now`: what `-2h` and `10:30` are told from. Never throws. */
export function parseFilter(text: string, { now }: { readonly now: number }): Parsed {
  const read = readPieces(text, now);
  return read.ok ? { ok: true, filter: allOf(read.pieces.map((piece) => piece.filter)) } : read;
}

/** As `parseFilter`, in the pieces of its outermost AND. */
export function readPieces(
  text: string,
  now: number,
):
  | { readonly ok: true; readonly pieces: readonly Piece[] }
  | { readonly ok: false; readonly error: FilterError } {
  try {
    if (text.length > maxTextLength)
      throw new Refusal('tooLong', maxTextLength, text.length - maxTextLength, { max: maxTextLength });
    return { ok: true, pieces: new Parser(text, now).whole() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.filterError };
    throw error;
  }
}

class Parser {
  private readonly scan: Scanner;
  private readonly now: number;

  constructor(text: string, now: number) {
    this.scan = new Scanner(text);
    this.now = now;
  }

  whole(): readonly Piece[] {
    const { scan } = this;
    scan.skipBlanks();
    if (scan.isAtEnd()) return [];
    const pieces = this.or(0);
    if (!scan.isAtEnd()) throw new Refusal('groupStray', scan.at, 1);
    return pieces;
  }

  private or(depth: number): readonly Piece[] {
    const start = this.scan.at;
    const first = this.and(depth, null);
    const rest: Filter[] = [];
    for (;;) {
      const { at } = this.scan;
      const joint = this.scan.joint();
      if (joint?.is !== 'OR') break;
      this.scan.at += joint.word.length;
      rest.push(filterOf(this.and(depth, { at, word: joint.word })));
    }
    if (rest.length === 0) return first;
    return [{ filter: anyOf([filterOf(first), ...rest]), at: start, end: this.scan.at }];
  }

  private and(
    depth: number,
    before: { readonly at: number; readonly word: string } | null,
  ): readonly Piece[] {
    const { scan } = this;
    const pieces: Piece[] = [];
    let joint = before;
    for (;;) {
      scan.skipBlanks();
      const { at } = scan;
      const next = scan.joint();
      if (next?.is === 'AND') {
        if (joint !== null || pieces.length === 0) throw missing(joint ?? { at, word: next.word });
        joint = { at, word: next.word };
        scan.at += next.word.length;
        continue;
      }
      if (scan.isAtEnd() || scan.char() === ')' || next !== null) {
        if (joint !== null) throw missing(joint);
        if (pieces.length === 0 && next !== null) throw missing({ at, word: next.word });
        return pieces;
      }
      const filter = this.not(depth);
      pieces.push({ filter, at, end: scan.at });
      joint = null;
    }
  }

  private not(depth: number): Filter {
    const { scan } = this;
    const { at } = scan;
    if (depth >= maxDepth) throw new Refusal('tooDeep', at, 1, { max: maxDepth });
    const word = scan.takeNegation();
    if (word !== null) return this.negated(depth, at, word);
    if (scan.char() === '(') return this.group(depth);
    return readTerm(scan, this.now);
  }

  private negated(depth: number, at: number, word: string): Filter {
    const { scan } = this;
    if (word !== '-') scan.skipBlanks();
    if (scan.joint() !== null || scan.isAtEnd() || scan.char() === ')' || /\s/.test(scan.char()))
      throw missing({ at, word });
    const from = scan.at;
    const turned = this.not(depth + 1);
    // "not found" may be what is looked for.
    if (word !== 'NOT' && isNegation(word) && bareWord.test(scan.ascii.slice(from, scan.at)))
      throw new Refusal('spelling', at, word.length, { written: word, ours: 'NOT' });
    return not(turned);
  }

  private group(depth: number): Filter {
    const { scan } = this;
    const at = scan.at;
    scan.at += 1;
    const inside = this.or(depth + 1);
    if (scan.isAtEnd()) throw new Refusal('groupOpen', at, 1);
    scan.at += 1;
    if (inside.length === 0) throw new Refusal('groupEmpty', at, scan.at - at);
    return filterOf(inside);
  }
}

/** Of a field there is an operator, with a blank before one that has a name. */
const bareWord = /^[^\s:=<>~!()"]+$/;

const filterOf = (pieces: readonly Piece[]): Filter =>
  pieces.length === 0 ? everything : allOf(pieces.map((piece) => piece.filter));

function missing({ at, word }: { readonly at: number; readonly word: string }): Refusal {
  return new Refusal('operandMissing', at, word.length, { word });
}
