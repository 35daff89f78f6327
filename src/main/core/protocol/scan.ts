import { utf8Broken, utf8Next } from './utf8';

export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const quote = 0x22;
const backslash = 0x5c;
const slash = 0x2f;
const star = 0x2a;

/** Space, tab, line feed, carriage return, and NUL, which some programs use as padding. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0;
}

/**
 * Finds the end of a JSON object byte by byte, by matching braces outside strings and comments. It checks nothing else, so broken JSON
 * has an end too. Reads UTF-8 until the bytes are invalid (`notUtf8`). A new scan with `gb` then treats GB18030's byte pairs as one
 * character, because their second byte may equal `\`, `{` or `}`.
 */
export class ObjectScan {
  /** The bytes do not begin an object. */
  shapeless = false;
  private depth = 0;
  private within: 'json' | 'string' | 'lineComment' | 'blockComment' = 'json';
  private escaped = false;
  private lead = false;
  private utf8 = 0;
  /** The previous byte, and the last byte that is not blank. */
  private previous = 0;
  private solid = 0;

  private readonly gb: boolean;

  constructor(gb: boolean) {
    this.gb = gb;
  }

  /** Strict JSON may have a `{` at this position: a value is expected. */
  get valueExpected(): boolean {
    return (
      this.within === 'json' &&
      (this.solid === 0x3a || this.solid === 0x2c || this.solid === 0x5b || this.depth === 0)
    );
  }

  feed(byte: number): 'more' | 'closed' | 'notUtf8' {
    if (byte >= 0x80 || this.utf8 !== 0 || this.lead) {
      if (this.gb) {
        if (this.doubled(byte)) return 'more';
      } else {
        this.utf8 = utf8Next(this.utf8, byte);
        if (this.utf8 === utf8Broken) return 'notUtf8';
      }
    }
    return this.structure(byte) ? 'closed' : 'more';
  }

  /** Whether `byte` is the second of a GB18030 pair. Four-byte characters are two such pairs. */
  private doubled(byte: number): boolean {
    if (this.lead) {
      this.lead = false;
      if ((byte >= 0x40 && byte !== 0x7f && byte !== 0xff) || (byte >= 0x30 && byte <= 0x39)) {
        this.previous = this.solid = 0x80;
        this.escaped = false;
        return true;
      }
    }
    this.lead = byte > 0x80 && byte < 0xff;
    return false;
  }

  /** Whether this byte closes the object. */
  private structure(byte: number): boolean {
    const previous = this.previous;
    this.previous = byte;
    switch (this.within) {
      case 'string':
        if (this.escaped) this.escaped = false;
        else if (byte === backslash) this.escaped = true;
        else if (byte === quote) this.within = 'json';
        return false;
      case 'lineComment':
        if (byte === 0x0a) this.within = 'json';
        return false;
      case 'blockComment':
        if (byte === slash && previous === star) this.within = 'json';
        return false;
      case 'json':
        return this.token(byte, previous);
    }
  }

  private token(byte: number, previous: number): boolean {
    if (isBlank(byte)) return false;
    this.solid = byte;
    if (this.depth === 0 && byte !== openBrace) this.shapeless = true;
    if (this.shapeless) return false;
    if (byte === quote) this.within = 'string';
    else if (byte === openBrace) this.depth += 1;
    else if (byte === closeBrace) this.depth -= 1;
    else if (previous === slash && byte === slash) this.within = 'lineComment';
    else if (previous === slash && byte === star) {
      this.within = 'blockComment';
      this.previous = 0; // otherwise /*/ would be a complete comment
    }
    return this.depth === 0;
  }
}
