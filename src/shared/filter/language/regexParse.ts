/** Reads a regular expression: the subset that docs/filter.md lists. */
import { Refusal } from './errors';

export type Range = readonly [from: number, to: number];
export interface CharSet {
  readonly ranges: readonly Range[];
  readonly negated: boolean;
}

export type RegexNode =
  | { readonly is: 'char'; readonly set: CharSet }
  | { readonly is: 'start' | 'end' }
  | { readonly is: 'seq' | 'alt'; readonly of: readonly RegexNode[] }
  | { readonly is: 'repeat'; readonly of: RegexNode; readonly min: number; readonly max: number };

const one = (char: string): CharSet => ({
  ranges: [[char.charCodeAt(0), char.charCodeAt(0)]],
  negated: false,
});
const digits: readonly Range[] = [[48, 57]];
const wordChars: readonly Range[] = [...digits, [65, 90], [95, 95], [97, 122]];
const blanks: readonly Range[] = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const classes: Readonly<Record<string, readonly Range[]>> = { d: digits, w: wordChars, s: blanks };
const anyChar: CharSet = {
  ranges: [
    [10, 10],
    [13, 13],
    [0x2028, 0x2029],
  ],
  negated: true,
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' };

const quantifier = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y;

/** `at`: where the source stands in the filter, for the errors. */
export const parseRegex = (source: string, at: number): RegexNode => new Parser(source, at).whole();

class Parser {
  private readonly source: string;
  private readonly offset: number;
  private at = 0;

  constructor(source: string, offset: number) {
    this.source = source;
    this.offset = offset;
  }

  whole(): RegexNode {
    const node = this.alternatives();
    if (this.at < this.source.length) throw this.wrong(this.at);
    return node;
  }

  private get char(): string {
    return this.source.charAt(this.at);
  }

  private wrong(from: number, code: 'regexWrong' | 'regexUnsupported' = 'regexWrong'): Refusal {
    const end = Math.min(Math.max(this.at, from) + 1, this.source.length);
    const part = this.source.slice(from, end);
    return new Refusal(code, this.offset + from, end - from, { part });
  }

  private alternatives(): RegexNode {
    const of = [this.sequence()];
    while (this.char === '|') {
      this.at += 1;
      of.push(this.sequence());
    }
    return { is: 'alt', of };
  }

  private sequence(): RegexNode {
    const of: RegexNode[] = [];
    while (this.at < this.source.length && this.char !== '|' && this.char !== ')') of.push(this.repeated());
    return { is: 'seq', of };
  }

  private repeated(): RegexNode {
    const atom = this.atom();
    const from = this.at;
    const match = this.quantifier();
    if (match === null) return atom;
    this.at += match[0].length;
    const [sign, low, comma, high] = match;
    const min = low === undefined ? (sign === '+' ? 1 : 0) : Number(low);
    const most = low === undefined ? (sign === '?' ? 1 : Infinity) : comma === undefined ? min : null;
    const max = most ?? (high === '' ? Infinity : Number(high));
    if (max < min || atom.is === 'start' || atom.is === 'end') throw this.wrong(from);
    // Whether as much or as little as can be is taken makes no difference to a yes or no.
    if (this.char === '?') this.at += 1;
    if (this.quantifier() !== null) throw this.wrong(from);
    return { is: 'repeat', of: atom, min, max };
  }

  /** A brace that begins no quantifier is a brace. */
  private quantifier(): RegExpExecArray | null {
    quantifier.lastIndex = this.at;
    return quantifier.exec(this.source);
  }

  private atom(): RegexNode {
    const from = this.at;
    const char = this.char;
    this.at += 1;
    switch (char) {
      case '.':
        return { is: 'char', set: anyChar };
      case '^':
        return { is: 'start' };
      case '$':
        return { is: 'end' };
      case '(':
        return this.group(from);
      case '[':
        return { is: 'char', set: this.set(from) };
      case '\\': {
        const { ranges, negated } = this.escape(from);
        return { is: 'char', set: { ranges, negated } };
      }
      default:
        this.at = from;
        if (this.quantifier() !== null) throw this.wrong(from);
        this.at += 1;
        return { is: 'char', set: one(char) };
    }
  }

  private group(from: number): RegexNode {
    if (this.char === '?') {
      if (this.source.charAt(this.at + 1) !== ':') throw this.wrong(from, 'regexUnsupported');
      this.at += 2;
    }
    const inside = this.alternatives();
    if (this.char !== ')') {
      this.at = from;
      throw this.wrong(from);
    }
    this.at += 1;
    return inside;
  }

  /** After the backslash. */
  private escape(from: number): CharSet {
    const char = this.char;
    const known = classes[char.toLowerCase()];
    if (known !== undefined) {
      this.at += 1;
      return { ranges: known, negated: char !== char.toLowerCase() };
    }
    const code = /x([0-9a-f]{2})|u([0-9a-f]{4})/iy;
    code.lastIndex = this.at;
    const match = code.exec(this.source);
    if (match !== null) {
      this.at += match[0].length;
      return one(String.fromCharCode(Number.parseInt(match[1] ?? match[2] ?? '', 16)));
    }
    const control = controls[char];
    if (char === '') throw this.wrong(from);
    if (control === undefined && /[\p{L}\p{N}]/u.test(char)) throw this.wrong(from, 'regexUnsupported');
    this.at += 1;
    return one(control ?? char);
  }

  /** After the opening bracket. */
  private set(from: number): CharSet {
    const negated = this.char === '^';
    if (negated) this.at += 1;
    const ranges: Range[] = [];
    while (this.char !== ']') {
      if (this.at >= this.source.length) {
        this.at = from;
        throw this.wrong(from);
      }
      const start = this.at;
      const low = this.member();
      if (this.char === '-' && this.source.charAt(this.at + 1) !== ']') {
        this.at += 1;
        const high = this.member();
        const [a, b] = [single(low), single(high)];
        if (a === null || b === null || a > b) {
          this.at -= 1;
          throw this.wrong(start);
        }
        ranges.push([a, b]);
      } else ranges.push(...low);
    }
    this.at += 1;
    return { ranges, negated };
  }

  private member(): readonly Range[] {
    const from = this.at;
    const char = this.char;
    if (char === '') throw this.wrong(from);
    this.at += 1;
    if (char !== '\\') return one(char).ranges;
    const { ranges, negated } = this.escape(from);
    return negated ? complement(ranges) : ranges;
  }
}

function single(ranges: readonly Range[]): number | null {
  const [first] = ranges;
  return ranges.length === 1 && first !== undefined && first[0] === first[1] ? first[0] : null;
}

function complement(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  return [...result, [next, 0xffff]];
}
