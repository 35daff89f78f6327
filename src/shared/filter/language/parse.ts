/**
 * Parses text to a tree. The grammar (docs/filter.md explains it for users):
 *
 *   filter := [ or ]             or   := and { "OR" and }         and := not { [ "AND" ] not }
 *   not    := ( "NOT" | "-" ) not | "(" or ")" | term             term := words | field operator value { "," value }
 */
import { Refusal, type FilterError } from './errors';
import { frameVocabulary, type Vocabulary } from './fields';
import { Scanner } from './scan';
import { isNegation } from './spellings';
import { readTerm } from './terms';
import { allOf, anyOf, everything, not, type FieldName, type Filter } from './tree';

export const maxTextLength = 2000;
export const maxDepth = 50;

export type Parsed<F extends string = FieldName> =
  | { readonly ok: true; readonly filter: Filter<F> }
  | { readonly ok: false; readonly error: FilterError };

/** A part of the text that is joined with the others by AND, with its position. */
interface Piece<F extends string = FieldName> {
  readonly filter: Filter<F>;
  readonly at: number;
  readonly end: number;
}

/** `now`: reference of `-2h` and `10:30`. Never throws. */
export function parseFilter(text: string, { now }: { readonly now: number }): Parsed {
  return parseWith(frameVocabulary, text, now);
}

/** The same with another vocabulary. */
export function parseWith<F extends string>(vocabulary: Vocabulary<F>, text: string, now: number): Parsed<F> {
  const read = piecesWith(vocabulary, text, now);
  return read.ok ? { ok: true, filter: allOf(read.pieces.map((piece) => piece.filter)) } : read;
}

type Pieces<F extends string> =
  | { readonly ok: true; readonly pieces: readonly Piece<F>[] }
  | { readonly ok: false; readonly error: FilterError };

/** Like `parseFilter`, as the parts of the outermost AND. */
export const readPieces = (text: string, now: number): Pieces<FieldName> =>
  piecesWith(frameVocabulary, text, now);

function piecesWith<F extends string>(vocabulary: Vocabulary<F>, text: string, now: number): Pieces<F> {
  try {
    if (text.length > maxTextLength)
      throw new Refusal('tooLong', maxTextLength, text.length - maxTextLength, { max: maxTextLength });
    return { ok: true, pieces: new Parser(vocabulary, text, now).whole() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.filterError };
    throw error;
  }
}

class Parser<F extends string> {
  private readonly vocabulary: Vocabulary<F>;
  private readonly scan: Scanner;
  private readonly now: number;

  constructor(vocabulary: Vocabulary<F>, text: string, now: number) {
    this.vocabulary = vocabulary;
    this.scan = new Scanner(text);
    this.now = now;
  }

  whole(): readonly Piece<F>[] {
    const { scan } = this;
    scan.skipBlanks();
    if (scan.isAtEnd()) return [];
    const pieces = this.or(0);
    if (!scan.isAtEnd()) throw new Refusal('groupStray', scan.at, 1);
    return pieces;
  }

  private or(depth: number): readonly Piece<F>[] {
    const start = this.scan.at;
    const first = this.and(depth, null);
    const rest: Filter<F>[] = [];
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
  ): readonly Piece<F>[] {
    const { scan } = this;
    const pieces: Piece<F>[] = [];
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

  private not(depth: number): Filter<F> {
    const { scan } = this;
    const { at } = scan;
    if (depth >= maxDepth) throw new Refusal('tooDeep', at, 1, { max: maxDepth });
    const word = scan.takeNegation();
    if (word !== null) return this.negated(depth, at, word);
    if (scan.char() === '(') return this.group(depth);
    return readTerm(this.vocabulary, scan, this.now);
  }

  private negated(depth: number, at: number, word: string): Filter<F> {
    const { scan } = this;
    if (word !== '-') scan.skipBlanks();
    if (scan.joint() !== null || scan.isAtEnd() || scan.char() === ')' || /\s/.test(scan.char()))
      throw missing({ at, word });
    const from = scan.at;
    const turned = this.not(depth + 1);
    // "not found" may be the searched text.
    if (word !== 'NOT' && isNegation(word) && bareWord.test(scan.ascii.slice(from, scan.at)))
      throw new Refusal('spelling', at, word.length, { written: word, ours: 'NOT' });
    return not(turned);
  }

  private group(depth: number): Filter<F> {
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

/** A field is followed by an operator, with a blank before a named one. */
const bareWord = /^[^\s:=<>~!()"]+$/;

const filterOf = <F extends string>(pieces: readonly Piece<F>[]): Filter<F> =>
  pieces.length === 0 ? everything : allOf(pieces.map((piece) => piece.filter));

function missing({ at, word }: { readonly at: number; readonly word: string }): Refusal {
  return new Refusal('operandMissing', at, word.length, { word });
}
