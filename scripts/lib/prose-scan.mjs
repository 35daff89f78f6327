/**
 * @typedef {{ start: number, end: number, block: boolean }} Comment
 * @typedef {{ start: number, text: string }} Text without its quotes
 */

/** Keywords that an expression may follow: a `/` after them begins a regular expression. */
const beforeExpression = new Set(
  'await case default delete do else extends in instanceof new of return throw typeof void yield'.split(' '),
);
const beforeCondition = new Set(['for', 'if', 'while', 'with']);

const space = /\s+/y;
const name = /[#@]?(?:[A-Za-z$_]|\p{ID_Start})(?:[\w$]+|\p{ID_Continue})*/uy;
const punctuation = /[,;:?.=>&|~^%*]+/y;
const tagName = /[\p{ID_Start}$_][\p{ID_Continue}$.:-]*/uy;
const number = /\d[\w.]*/y;
const string = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y;
const attribute = /"[^"]*"|'[^']*'/y;
const expression = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** In a .tsx file a type parameter needs a comma or `extends`, as `<T>` would be an element. */
const typeParameter = /^<(?:const\s+)?[\w$]+\s*(?:,|\sextends\s|=)/;

/** Reads TypeScript, with JSX or without, as far as comments and names need it. */
class Scanner {
  at = 0;
  /** The last token ends a value: a `/` divides and a `<` compares. */
  afterValue = false;
  lastName = '';
  /** For each open parenthesis: does it hold a condition, which a statement follows? @type {boolean[]} */
  conditions = [];
  /** @type {Comment[]} */
  comments = [];
  /** Strings and templates. @type {Text[]} */
  texts = [];
  /** The first position of each identifier. @type {Map<string, number>} */
  names = new Map();

  /** @param {string} source @param {boolean} jsx */
  constructor(source, jsx) {
    this.source = source;
    this.jsx = jsx;
  }

  /** Advances past a match. @param {RegExp} pattern sticky @returns {boolean} whether there is one */
  take(pattern) {
    pattern.lastIndex = this.at;
    const matches = pattern.test(this.source);
    if (matches) this.at = pattern.lastIndex;
    return matches;
  }

  /** @param {string} text */
  sees(text) {
    return this.source.startsWith(text, this.at);
  }

  /** White space and comments. */
  skip() {
    for (;;) {
      this.take(space);
      const next = this.source[this.at] === '/' ? this.source[this.at + 1] : '';
      if (next !== '*' && next !== '/') return;
      const block = next === '*';
      const start = this.at;
      const end = this.source.indexOf(block ? '*/' : '\n', start + 2);
      this.at = end < 0 ? this.source.length : block ? end + 2 : end;
      this.comments.push({ start, end: this.at, block });
    }
  }

  /** Code up to the end, or to the brace that closes an inner part. @param {boolean} inner */
  code(inner) {
    let depth = 0;
    for (;;) {
      this.skip();
      if (this.at >= this.source.length) return;
      const char = this.source[this.at];
      if (char === '{') depth++;
      if (char === '}' && --depth < 0 && inner) {
        this.at++;
        return;
      }
      this.token();
    }
  }

  token() {
    const start = this.at;
    if (this.take(name)) {
      const word = this.source.slice(start, this.at);
      const member = this.source[start - 1] === '.' && this.source[start - 2] !== '.';
      this.lastName = member ? '' : word;
      this.afterValue = member || !beforeExpression.has(word);
      this.found(word, start);
      return;
    }
    if (this.take(punctuation)) this.afterValue = false;
    else if (this.take(number)) this.afterValue = true;
    else if (this.take(string)) this.string(start);
    else if (this.sees('`')) this.template();
    else if (!this.afterValue && this.take(expression)) this.afterValue = true;
    else if (!this.afterValue && this.jsx && this.isElement()) this.element();
    else this.punctuator();
    this.lastName = '';
  }

  /** @param {string} word @param {number} start */
  found(word, start) {
    if (!this.names.has(word)) this.names.set(word, start);
  }

  punctuator() {
    const char = this.source[this.at];
    this.at++;
    if (char === '(') this.conditions.push(beforeCondition.has(this.lastName));
    // `!`, `++` and `--` are prefix or postfix operators.
    if (char === '!' && !this.sees('=')) return;
    if ((char === '+' || char === '-') && this.sees(char)) {
      this.at++;
      return;
    }
    this.afterValue = char === ']' || (char === ')' && this.conditions.pop() !== true);
  }

  /** @param {number} start */
  string(start) {
    this.texts.push({ start, text: this.source.slice(start + 1, this.at - 1) });
    this.afterValue = true;
  }

  template() {
    const start = this.at;
    this.at++;
    while (this.at < this.source.length) {
      if (this.sees('\\')) this.at += 2;
      else if (this.sees('${')) {
        this.at += 2;
        this.inner();
      } else if (this.source[this.at++] === '`') break;
    }
    this.string(start);
  }

  /** Code within the braces of a template or an element. */
  inner() {
    const conditions = this.conditions;
    this.conditions = [];
    this.afterValue = false;
    this.code(true);
    this.conditions = conditions;
  }

  /** Does an element start here? A generic function type does not: `<T>(value: T) => void`. */
  isElement() {
    const start = this.source.slice(this.at, this.at + 80);
    if (!/^<(?:>|[\p{ID_Start}$_])/u.test(start) || typeParameter.test(start)) return false;
    const generic = /^<([\w$]+)>\(/.exec(start)?.[1];
    return generic === undefined || this.source.includes(`</${generic}>`, this.at);
  }

  element() {
    this.at++;
    if (!this.openingTag()) return;
    while (this.at < this.source.length) {
      if (this.sees('{')) {
        this.at++;
        this.inner();
      } else if (this.sees('</')) {
        const end = this.source.indexOf('>', this.at);
        this.at = end < 0 ? this.source.length : end + 1;
        break;
      } else if (this.sees('<')) this.element();
      else this.at++;
    }
    this.afterValue = true;
  }

  /** A tag, after its `<`. @returns {boolean} whether children follow */
  openingTag() {
    this.skip();
    this.foundTagName();
    if (this.sees('<')) this.typeArguments();
    while (this.at < this.source.length) {
      this.skip();
      if (this.sees('/>')) {
        this.at += 2;
        this.afterValue = true;
        return false;
      }
      if (this.sees('>')) {
        this.at++;
        return true;
      }
      if (this.sees('{')) {
        this.at++;
        this.inner();
      } else if (this.sees('<')) this.element();
      else if (!this.take(attribute) && !this.foundTagName()) this.at++;
    }
    return false;
  }

  foundTagName() {
    const start = this.at;
    const isName = this.take(tagName);
    if (isName) this.found(this.source.slice(start, this.at), start);
    return isName;
  }

  typeArguments() {
    let depth = 0;
    do {
      if (this.sees('<')) depth++;
      if (this.sees('>') && this.source[this.at - 1] !== '=') depth--;
      this.at++;
    } while (depth > 0 && this.at < this.source.length);
  }
}

/**
 * Comments, texts and identifiers of a TypeScript or JavaScript file. Regular expressions and JSX do not count.
 * @param {string} source
 * @param {{ jsx?: boolean }} [options]
 * @returns {{ comments: readonly Comment[], texts: readonly Text[], names: ReadonlyMap<string, number> }} names with their first position
 */
export function scan(source, { jsx = false } = {}) {
  const scanner = new Scanner(source, jsx);
  scanner.take(/#!.*/y);
  scanner.code(false);
  return scanner;
}
