/** Splits a filter's text. Full-width punctuation of Chinese keyboards counts as ASCII. */
import { Refusal } from './errors';
import { isNegation, jointOf, type Joint } from './spellings';

const fullWidth: ReadonlyMap<string, string> = new Map([
  ['：', ':'],
  ['＝', '='],
  ['＞', '>'],
  ['＜', '<'],
  ['～', '~'],
  ['！', '!'],
  ['（', '('],
  ['）', ')'],
  ['，', ','],
  ['“', '"'],
  ['”', '"'],
  ['－', '-'],
  ['＊', '*'],
  ['｜', '|'],
  ['＆', '&'],
  ['；', ';'],
]);

/** Keeps the length of `text`, so that offsets are the same in both. */
export const asciiOf = (text: string): string =>
  text.replace(/[：＝＞＜～！（），“”－＊｜＆；]/g, (char) => fullWidth.get(char) ?? char);

export interface Part {
  readonly at: number;
  readonly end: number;
  /** Without quotation marks, escapes and outer stars. */
  readonly text: string;
  readonly quoted: boolean;
  readonly starBefore: boolean;
  readonly starAfter: boolean;
}

const blank = /\s/;
const boundary = /[\s()]|&&|\|\|/y;
/** A separate word that may join or negate its neighbours. */
const wordAlone = /&&|\|\||\p{L}+(?=[\s()]|&&|\|\||$)/uy;
const sign = /-|!(?![=~])/y;

export class Scanner {
  readonly text: string;
  readonly ascii: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
    this.ascii = asciiOf(text);
  }

  char(): string {
    return this.ascii.charAt(this.at);
  }
  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }
  /** Whether a blank, a parenthesis, `&&`, `||` or the end follows. */
  isAtBoundary(): boolean {
    return this.isAtEnd() || this.peek(boundary) !== null;
  }

  skipBlanks(): void {
    while (!this.isAtEnd() && blank.test(this.char())) this.at += 1;
  }

  /** Matches the sticky `pattern` here without moving. */
  peek(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.ascii);
  }

  /** A separate `OR` or `AND` in any spelling, without moving. */
  joint(): { readonly is: Joint; readonly word: string } | null {
    const word = this.peek(wordAlone)?.[0] ?? '';
    const is = jointOf(word);
    return is === null ? null : { is, word };
  }

  /** Takes a `NOT`, `-` or `!` and returns it as written. */
  takeNegation(): string | null {
    const word = this.peek(wordAlone)?.[0] ?? '';
    const taken = isNegation(word) ? word : this.peek(sign)?.[0];
    if (taken === undefined) return null;
    this.at += taken.length;
    return taken;
  }

  /**
   * Reads a quoted text. `\"` and `\\` mean `"` and `\`; other backslashes stand for themselves. `raw` keeps `\\` too, for regular
   * expressions. Only a straight mark closes a straight mark, so the text may contain Chinese marks.
   */
  quoted(raw = false): Part {
    const start = this.at;
    const straight = this.text.charAt(start) === '"';
    const isMark = (char: string): boolean => char === '"' || (!straight && (char === '“' || char === '”'));
    let text = '';
    for (let i = start + 1; i < this.text.length; i += 1) {
      const char = this.text.charAt(i);
      if (isMark(char)) {
        this.at = i + 1;
        return { at: start, end: this.at, text, quoted: true, starBefore: false, starAfter: false };
      }
      const next = this.text.charAt(i + 1);
      if (char === '\\' && (next === '\\' || isMark(next))) {
        text += raw && next === '\\' ? '\\\\' : next;
        i += 1;
      } else text += char;
    }
    throw new Refusal('quoteOpen', start, this.text.length - start);
  }

  /** One value: quoted, or bare up to a blank, a parenthesis or one of `ends`, with optional outer stars. */
  part(ends: string): Part {
    const start = this.at;
    const starBefore = this.char() === '*' && this.ascii.charAt(start + 1) === '"';
    if (starBefore) this.at += 1;
    if (this.char() === '"') {
      const inner = this.quoted();
      const starAfter = this.char() === '*';
      if (starAfter) this.at += 1;
      return { ...inner, at: start, end: this.at, starBefore, starAfter };
    }
    while (!this.isAtBoundary() && !ends.includes(this.char()) && this.char() !== '"') this.at += 1;
    const word = this.text.slice(start, this.at);
    const stars = /^(\**)(.*?)(\**)$/s.exec(asciiOf(word));
    const before = stars?.[1]?.length ?? 0;
    const after = stars?.[3]?.length ?? 0;
    return {
      at: start,
      end: this.at,
      text: word.slice(before, word.length - after),
      quoted: false,
      starBefore: before > 0,
      // The first group takes all characters of a value of stars alone.
      starAfter: after > 0 || (before > 0 && before === word.length),
    };
  }

  /** A regular expression: quoted, or bare up to a blank or an unmatched closing parenthesis. */
  expression(): Part {
    const start = this.at;
    if (this.char() === '"') return this.quoted(true);
    let depth = 0;
    while (!this.isAtEnd() && !blank.test(this.char())) {
      if (this.char() === '"') throw new Refusal('quoteGlued', this.at, 1);
      if (this.char() === '\\' && !/[\s"]/.test(this.ascii.charAt(this.at + 1))) this.at += 1;
      else if (this.char() === '(') depth += 1;
      else if (this.char() === ')') {
        if (depth === 0) break;
        depth -= 1;
      } else if (depth === 0 && this.isAtBoundary()) break;
      this.at += 1;
    }
    this.at = Math.min(this.at, this.text.length);
    const text = this.text.slice(start, this.at);
    return { at: start, end: this.at, text, quoted: false, starBefore: false, starAfter: false };
  }
}
