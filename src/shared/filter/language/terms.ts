/** Reads one term: words to search, or a field with an operator and values. */
import { findings } from '../../findings';
import { isOrdering, isRange, readChoice, readRange, type Reading, type ValueOp } from './choices';
import { closest, Refusal } from './errors';
import { takesComparisons, type FieldSpec, type Vocabulary } from './fields';
import { compileRegex } from './regex';
import { asciiOf, type Part, type Scanner } from './scan';
import {
  foreignJoint,
  foreignComparison,
  foreignValue,
  foreignWord,
  gluedComparison,
  isNegation,
  isReserved,
  jointOf,
  namedOperator,
  operatorOf,
  signOperator,
} from './spellings';
import { nothing, unitAfter } from './strayWords';
import { not, term, type Choice, type Filter } from './tree';

const fieldName = /[\p{L}_][\p{L}\p{N}_]*/uy;
/** Field names of other programs, such as `ip.addr`. */
const dottedName = /[a-z]+(?:\.[a-z_]+)+/iy;
/** `has:order` means `order:*`. */
const hasName = /(?:has|有)\s*[:=]\s*/iuy;
const memberValue = /^body\./i;
/** Whether a bare value of a member names another member. */
export const isMember = (text: string): boolean => memberValue.test(asciiOf(text));
/** A name before an operator, whether it is a field or not. */
const nameLike = /([\p{L}_][\p{L}\p{N}_.-]*)\s*(!=|!~|>=|<=|[:=><~≠≥≤])/uy;
const lone = /!=|!~|>=|<=|[:=><~≠≥≤]/y;
/** A list in the syntax of other languages. */
const inList = /\s+(in)\s*[({[]/iy;
const wholeWord = /\p{L}+(?=[\s()]|$)/uy;
/** A quotation mark or a word. */
const nextWord = /\s+(?:"|([^\s()":=<>~≠≥≤!-][^\s()":=<>~≠≥≤]*))/y;
const compared = /^\s*(?:!=|[:=<>~≠≥≤])/;
const member = /[^\s.:=<>~!()",*]+/y;
const errorPrefix = /^(?:error|warning)$/i;

/** Reads the term at the scanner's position. */
export function readTerm<F extends string>(vocabulary: Vocabulary<F>, scan: Scanner, now: number): Filter<F> {
  return new TermReader(vocabulary, scan, now).term();
}

class TermReader<F extends string> {
  private readonly vocabulary: Vocabulary<F>;
  private readonly scan: Scanner;
  private readonly now: number;

  constructor(vocabulary: Vocabulary<F>, scan: Scanner, now: number) {
    this.vocabulary = vocabulary;
    this.scan = scan;
    this.now = now;
  }

  term(): Filter<F> {
    const { scan, vocabulary } = this;
    const at = scan.at;
    if (scan.char() === '"') {
      const { text, end } = scan.quoted();
      this.boundary();
      if (text === '') throw new Refusal('valueMissing', at, end - at, { field: 'text' });
      return term(vocabulary.text.name, [{ is: 'text', how: 'contains', value: text }]);
    }
    const present = scan.peek(hasName)?.[0];
    if (present !== undefined) return this.has(at, present.length);
    const dotted = scan.peek(dottedName)?.[0];
    const known =
      dotted !== undefined && vocabulary.find(dotted) !== null ? dotted : scan.peek(fieldName)?.[0];
    const spec = known === undefined ? null : vocabulary.find(known);
    if (known !== undefined && (spec !== null || errorPrefix.test(known))) {
      scan.at += known.length;
      const path = spec?.name === 'body' ? this.path() : [];
      const op = this.operator(spec, at);
      const isPrefix = spec === null && op?.[0] === ':';
      if (op?.[1] !== undefined && (spec !== null || isPrefix)) {
        const opAt = scan.at + op[0].length - op[1].length;
        scan.at += op[0].length;
        if (spec?.name === 'body' && path.length === 0)
          throw new Refusal('memberMissing', at, known.length, { example: 'body.Amount' });
        return this.field(spec ?? vocabulary.code, known, path, { op: op[1], at: opAt }, isPrefix);
      }
      if (spec !== null) this.refuseValue(spec, known, at);
      if (path.length > 0) {
        const field = scan.text.slice(at, scan.at);
        const example = Object.hasOwn(findings, field) ? `finding:${field}` : `${field}:*`;
        throw new Refusal('operatorMissing', at, field.length, { field, example });
      }
      scan.at = at;
    }
    const glued = gluedComparison(scan.ascii.slice(at), vocabulary);
    if (glued !== null) throw new Refusal('spelling', at, glued.written.length, glued);
    const like = scan.peek(nameLike);
    if (like?.[1] !== undefined) throw unknownField(vocabulary, like[1], at);
    const op = scan.peek(lone)?.[0];
    if (op !== undefined) throw new Refusal('fieldMissing', at, op.length, { op });
    return this.words();
  }

  /** `has:order`, `has:body.Amount`: the field has any value. */
  private has(from: number, length: number): Filter<F> {
    const { scan, vocabulary } = this;
    const at = scan.at + length;
    scan.at = at;
    const dotted = scan.peek(dottedName)?.[0];
    const name =
      dotted !== undefined && vocabulary.find(dotted) !== null ? dotted : scan.peek(fieldName)?.[0];
    if (name === undefined)
      throw new Refusal('valueMissing', at, 0, { field: scan.text.slice(from, at - 1).trim() });
    const spec = vocabulary.find(name);
    if (spec === null) throw unknownField(vocabulary, name, at);
    scan.at += name.length;
    const path = spec.name === 'body' ? this.path() : [];
    if (spec.name === 'body' && path.length === 0)
      throw new Refusal('memberMissing', at, name.length, { example: 'body.Amount' });
    if (!scan.isAtBoundary()) {
      const written = scan.text.slice(at).split(/[\s()]/)[0] ?? '';
      throw new Refusal('spelling', at, written.length, { written, ours: `${spec.name}:*` });
    }
    return term(spec.name, [{ is: 'present' }], path);
  }

  /** The operator at this position, including preceding blanks. `from`: start of its field. */
  private operator(spec: FieldSpec<F> | null, from: number): RegExpExecArray | null {
    const { scan } = this;
    const list = spec === null ? null : scan.peek(inList);
    if (list?.[1] !== undefined)
      throw new Refusal('spelling', scan.at + list[0].indexOf(list[1]), 2, {
        written: list[1],
        ours: `${spec?.name ?? ''}:a,b`,
      });
    const other = spec === null ? null : foreignComparison(scan.ascii, scan.at, spec.name);
    if (other !== null) {
      const written = scan.text.slice(from, other.end);
      throw new Refusal('spelling', from, written.length, { written, ours: other.ours });
    }
    const found = scan.peek(signOperator) ?? scan.peek(namedOperator);
    // In a text field, everything after `:` is content, whatever it begins with.
    const isOfText = found?.[1]?.startsWith(':') === true && (spec === null || !takesComparisons(spec));
    return isOfText ? scan.peek(colon) : found;
  }

  private words(): Filter<F> {
    const { vocabulary } = this;
    const { at } = this.scan;
    const part = this.scan.part('');
    this.boundary();
    const ascii = asciiOf(part.text);
    const joint = foreignJoint(ascii) ?? (ascii.includes('|') ? 'OR' : null);
    if (joint !== null) throw foreign(part, ascii.includes('|') ? '|' : part.text, joint);
    if (this.isCompared()) throw unknownField(vocabulary, part.text, at);
    const ours = foreignWord(ascii, vocabulary);
    if (ours !== null) throw foreign(part, part.text, ours);
    if (part.text === '') return term(vocabulary.text.name, [{ is: 'present' }]);
    // A bare word matches anywhere, ignoring case, so outer stars change nothing.
    const both = { ...part, ...everywhere };
    const reading: Reading = { spec: vocabulary.text, name: 'text', op: ':', now: this.now };
    return term(vocabulary.text.name, [readChoice(reading, both)]);
  }

  /** Refuses a field's name followed by a word without an operator, which other languages would accept. */
  private refuseValue(spec: FieldSpec<F>, name: string, at: number): void {
    const { scan } = this;
    nextWord.lastIndex = scan.at;
    const found = nextWord.exec(scan.ascii);
    if (found === null) return;
    const word = found[1] ?? '';
    namedOperator.lastIndex = nextWord.lastIndex;
    // The start of another term, or a joining word.
    const isNamed = namedOperator.test(scan.ascii) && /\S/.test(scan.ascii.slice(namedOperator.lastIndex));
    const isField =
      /^[\p{L}_]/u.test(word) && (isNamed || compared.test(scan.ascii.slice(nextWord.lastIndex)));
    if (isField) return;
    if (jointOf(word) !== null || foreignJoint(word) !== null || isNegation(word)) return;
    throw new Refusal('operatorMissing', at, name.length, { field: name, example: `${spec.name}:a` });
  }

  /** Whether a named operator and an operand follow. */
  private isCompared(): boolean {
    const { scan } = this;
    const op = scan.peek(namedOperator);
    if (op === null) return false;
    const after = /\s+([^\s()]+)/y;
    after.lastIndex = scan.at + op[0].length;
    const value = after.exec(scan.ascii)?.[1];
    return value !== undefined && jointOf(value) === null;
  }

  private path(): string[] {
    const { scan } = this;
    const path: string[] = [];
    while (scan.char() === '.') {
      const dot = scan.at;
      scan.at += 1;
      const found = scan.char() === '"' ? scan.quoted() : null;
      const bare = found === null ? scan.peek(member)?.[0] : undefined;
      if (found === null && bare === undefined)
        throw new Refusal('memberMissing', dot, 1, { example: 'body.Amount' });
      if (bare === undefined) path.push(found?.text ?? '');
      else {
        // The original text instead of its ASCII form.
        path.push(scan.text.slice(scan.at, scan.at + bare.length));
        scan.at += bare.length;
      }
    }
    return path;
  }

  private field(
    spec: FieldSpec<F>,
    name: string,
    path: readonly string[],
    { op: written, at }: { readonly op: string; readonly at: number },
    isPrefix: boolean,
  ): Filter<F> {
    const { scan } = this;
    const op = operatorOf(written);
    scan.skipBlanks();
    const twice = isContent(spec) ? undefined : scan.peek(lone)?.[0];
    if (twice !== undefined) {
      const end = scan.at + twice.length;
      const whole = scan.text.slice(at, end);
      throw new Refusal('spelling', at, end - at, {
        written: whole,
        ours: whole === '~=' ? '!=' : op,
      });
    }
    if (scan.char() === '(' && op !== '~' && op !== '!~')
      throw new Refusal('spelling', scan.at, 1, { written: '(', ours: `${name}:a,b` });
    const none = isContent(spec) || spec.name === 'body' ? undefined : scan.peek(nothing)?.[0];
    if (none !== undefined && (none.toLowerCase() === 'null' || /^\p{L}/u.test(written)))
      throw new Refusal('spelling', scan.at, none.length, {
        written: none,
        ours: op === '!=' ? `${name}:*` : `-${name}:*`,
      });
    // A regular expression may begin with a parenthesis.
    if (scan.isAtBoundary() && !((op === '~' || op === '!~') && scan.char() === '('))
      throw new Refusal('valueMissing', scan.at, 0, { field: name });
    const wrong = (): Refusal => new Refusal('opWrong', at, written.length, { field: name, op: written });
    if (op === '~' || op === '!~') {
      if (spec.text === null) throw wrong();
      const part = scan.expression();
      this.boundary();
      if (!part.quoted && /^\/.*\/i?$/.test(part.text))
        throw foreign(part, part.text, part.text.slice(1, part.text.lastIndexOf('/')));
      const start = part.at + (part.quoted ? 1 : 0);
      compileRegex(part.text, start);
      const matching = term(spec.name, [{ is: 'regex', source: part.text }], path);
      return op === '~' ? matching : not(matching);
    }
    const isPart = op === 'contains' || op === 'starts' || op === 'ends';
    const stars = { starBefore: op !== 'starts', starAfter: op !== 'ends' };
    const valueOp: ValueOp = op === '!=' ? '=' : isPart ? ':' : op;
    const reading: Reading = { spec, name, op: valueOp, now: this.now };
    if ((isOrdering(valueOp) && !takesComparisons(spec)) || (isPart && spec.text === null)) throw wrong();
    const small = /^\p{L}/u.test(written) ? (scan.peek(wholeWord)?.[0] ?? '') : '';
    if (isReserved(small))
      throw new Refusal('spelling', scan.at, small.length, { written: small, ours: `"${small}"` });
    const any: Choice[] = [];
    for (;;) {
      any.push(
        isPart ? readChoice(reading, { ...this.part(spec), ...stars }) : this.value(reading, isPrefix),
      );
      if (scan.char() !== ',') break;
      scan.at += 1;
      if (isOrdering(reading.op)) throw new Refusal('listWrong', scan.at - 1, 1, { op });
    }
    this.boundary();
    const unit = unitAfter(spec, scan.ascii, scan.at);
    if (unit !== null) {
      const { back, written: beside, ours } = unit;
      throw new Refusal('spelling', scan.at - back, beside.length, { written: beside, ours });
    }
    const found = term(spec.name, any, path);
    return op === '!=' ? not(found) : found;
  }

  private value(reading: Reading, isPrefix: boolean): Choice {
    const { spec, op } = reading;
    if (spec.name === 'body' && isMember(this.scan.text.slice(this.scan.at))) {
      this.scan.at += 'body'.length;
      return { is: 'member', op: op === ':' ? '=' : op, path: this.path() };
    }
    const part = this.part(spec);
    const range = spec.isTime || spec.number !== null ? this.range(part) : null;
    if (range !== null && (part.quoted || isRange(reading, range.from, range.to))) {
      if (isOrdering(op)) throw new Refusal('listWrong', part.at, range.to.end - part.at, { op });
      return readRange(reading, range.from, range.to);
    }
    // "ERROR:5300", as written by machines and in documents, is the code with that name.
    const isWhole = part.text === '' ? part.starBefore : !part.starBefore;
    if (isPrefix && isWhole)
      return readChoice(reading, { ...part, text: `${reading.name.toUpperCase()}:${part.text}` });
    return readChoice(reading, part);
  }

  /** One value in valid syntax. */
  private part(spec: FieldSpec<string>): Part {
    const part = this.scan.part(',');
    if (part.quoted) return part;
    const { text } = part;
    const ascii = asciiOf(text);
    if (ascii.includes('|')) throw foreign(part, '|', ',');
    if (ascii.startsWith('!')) throw foreign(part, '!', '!=');
    if (/^'.*'$/s.test(text)) throw foreign(part, text, `"${text.slice(1, -1)}"`);
    const ours = foreignValue(spec, ascii, this.vocabulary);
    if (ours !== null) throw foreign(part, text, ours);
    return part;
  }

  /** `a..b`, each end optionally quoted. */
  private range(part: Part): { readonly from: Part; readonly to: Part } | null {
    const { scan } = this;
    if (part.starBefore || part.starAfter) return null;
    if (part.quoted) {
      if (!scan.ascii.startsWith('..', scan.at)) return null;
      scan.at += 2;
      return { from: part, to: scan.part(',') };
    }
    const dots = part.text.indexOf('..');
    if (dots < 0) return null;
    const from = { ...part, text: part.text.slice(0, dots), end: part.at + dots };
    const to = { ...part, text: part.text.slice(dots + 2), at: part.at + dots + 2 };
    return { from, to: to.text === '' && scan.char() === '"' ? scan.part(',') : to };
  }

  private boundary(): void {
    if (!this.scan.isAtBoundary()) throw new Refusal('quoteGlued', this.scan.at, 1);
  }
}

const colon = /\s*(:)/y;
const everywhere = { starBefore: true, starAfter: true } as const;

/** Fields whose content may begin with any sign. */
const isContent = ({ name }: FieldSpec<string>): boolean => name === 'text' || name === 'note';

const foreign = (part: Part, written: string, ours: string): Refusal =>
  new Refusal('spelling', part.at, part.end - part.at, { written, ours });

function unknownField({ everyName }: Vocabulary<string>, field: string, at: number): Refusal {
  const suggestion = closest(field, everyName);
  return suggestion === null
    ? new Refusal('fieldUnknown', at, field.length, { field })
    : new Refusal('fieldUnknownNear', at, field.length, { field, suggestion });
}
