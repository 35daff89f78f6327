/** Parses a body as an object: strict JSON first, then everything that is certain (docs/protocol/json.md). */
import { printParseErrorCode, visit } from 'jsonc-parser';
import type { Finding } from '#shared/findings';
import type { JsonObject, JsonValue } from '#shared/model/frame';

export interface ReadJson {
  readonly json: JsonObject | null;
  readonly findings: readonly Finding[];
}

/** Deeper nesting is refused. No message has more than three levels, and recursive code must not overflow the stack. */
export const maxDepth = 64;

const noFindings: readonly Finding[] = [];
/** JSON whitespace, and NUL, which some programs use as padding. */
const blank = ' \t\r\n\0';
const invalid: ReadJson = { json: null, findings: [{ code: 'json.invalid' }] };

/** Number of digits from which JSON.parse may change a whole number. */
export const longRun = 16;
/** The possible start of such a number. */
const longNumber = new RegExp(`[:[,\\s]-?\\d{${longRun}}`);
const stringOrNumber = /"(?:[^"\\]|\\[^])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * JSON.parse, but whole numbers above 2^53 become text with their digits: an answer must contain the exact order number.
 * @throws SyntaxError
 */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!longNumber.test(text)) return value;
  const exact = text.replace(stringOrNumber, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
  return exact === text ? value : JSON.parse(exact);
}

/** The object if `text` is strict JSON of one, otherwise `null`. */
export function parseStrict(text: string): JsonObject | null {
  try {
    const value = parseExact(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

/** A string in a body, even with raw control characters or without an end. The latter avoids quadratic time. */
const anyString = /"(?:[^"\\]|\\[^]?)*(?:"|$)/g;

/** Bodies up to this many characters are too short to overflow the stack. */
const shallow = 1024;

/** Whether `text` is nested dangerously deep: above `maxDepth` in a sufficiently long body. */
export function tooDeep(text: string): boolean {
  return text.length > shallow && depthOver(text) && depthOver(text.replace(anyString, ''));
}

function depthOver(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i) | 0x20; // '[' becomes '{' and ']' becomes '}'
    if (c === 0x7b) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (c === 0x7d) depth -= 1;
  }
  return false;
}

/**
 * Parses a body. Findings: `json.lenient` {what, offset, count}: first fault, its offset in characters, and number of faults.
 * `json.invalid`: no object found. Never throws.
 */
export function readJson(text: string): ReadJson {
  if (tooDeep(text)) return invalid;
  const strict = parseStrict(text);
  if (strict !== null) return { json: strict, findings: noFindings };
  return readTrimmed(text) ?? readControls(text) ?? readTolerant(text) ?? readSecondPart(text) ?? invalid;
}

function lenient(json: JsonObject, what: string, offset: number, count = 1): ReadJson {
  return { json, findings: [{ code: 'json.lenient', params: { what, offset, count } }] };
}

/** NUL bytes after the object, or a byte order mark before it. */
function readTrimmed(text: string): ReadJson | null {
  let end = text.length;
  while (end > 0 && blank.includes(text.charAt(end - 1))) end -= 1;
  const body = text.slice(text.startsWith('\uFEFF') ? 1 : 0, end);
  if (body.length === text.length) return null;
  const json = parseStrict(body);
  if (json === null) return null;
  return text.startsWith('\uFEFF')
    ? lenient(json, 'byteOrderMark', 0)
    : lenient(json, 'nul', text.indexOf('\0'));
}

/** Line breaks and other control characters in strings, which JSON requires to be escaped. */
function readControls(text: string): ReadJson | null {
  let at = -1;
  let count = 0;
  const escaped = text.replace(anyString, (string, offset: number) =>
    string.replace(/\p{Cc}/gu, (control, inner: number) => {
      if (count === 0) at = offset + inner;
      count += 1;
      return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
    }),
  );
  const json = count === 0 ? null : parseStrict(escaped);
  return json === null ? null : lenient(json, 'controlCharacter', at, count);
}

interface Fault {
  readonly what: string;
  readonly offset: number;
}

/** The result of jsonc-parser's fault-tolerant walk. If the text after the object is the object's second part, it is parsed too. */
function readTolerant(text: string): ReadJson | null {
  const first = /^\s*\{/.test(text) ? walk(text, 0) : null;
  if (first === null) return null;
  const rest = text.slice(first.end);
  const second = isSecondPart(rest) ? walk(`{${rest}`, first.end - 1) : null;
  if (second === null) return withFaults(first.json, first.faults);
  const faults = first.faults.filter(({ what }) => what !== 'afterEnd');
  faults.push({ what: 'objectCut', offset: first.end }, ...second.faults);
  return withFaults({ ...first.json, ...second.json }, faults);
}

/** The second part of an object cut in two (vendor document 3.6), in a separate body. */
function readSecondPart(text: string): ReadJson | null {
  const part = isSecondPart(text) ? walk(`{${text}`, -1) : null;
  return part === null ? null : withFaults(part.json, [{ what: 'objectCut', offset: 0 }, ...part.faults]);
}

function isSecondPart(text: string): boolean {
  return /^\s*"/.test(text) && text.trimEnd().endsWith('}');
}

function withFaults(json: JsonObject, faults: readonly Fault[]): ReadJson | null {
  const [first] = faults;
  if (first === undefined || Object.keys(json).length === 0) return null;
  return lenient(json, first.what, first.offset, faults.length);
}

type Building = JsonValue[] | Record<string, JsonValue>;

/**
 * Walks the object at the start of `text`; `shift` converts offsets in `text` to offsets in the body. A possibly truncated value (at the end
 * of the text, or followed by a letter or digit) is dropped instead of misread. `__proto__` is an ordinary member.
 */
function walk(text: string, shift: number): { json: JsonObject; end: number; faults: Fault[] } | null {
  const faults: Fault[] = [];
  const stack: { value: Building; key: string }[] = [];
  const roots: JsonObject[] = [];
  let end = text.length;
  let broken = false; // an unterminated string: its value is unknown
  const fault = (what: string, offset: number): void => {
    const at = Math.max(0, offset + shift);
    if (faults.at(-1)?.offset !== at) faults.push({ what, offset: at });
  };
  const put = (value: JsonValue): void => {
    const top = stack.at(-1);
    if (top === undefined) return;
    if (Array.isArray(top.value)) top.value.push(value);
    else
      Object.defineProperty(top.value, top.key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  };
  const open = (value: Building): void => {
    // `tooDeep` removes strings only, so a quote in a comment can hide nesting.
    if (stack.length >= maxDepth) throw new RangeError('nested too deep');
    put(value);
    stack.push({ value, key: '' });
  };
  try {
    visit(text, {
      onObjectBegin: () => {
        const value: Record<string, JsonValue> = {};
        if (stack.length === 0) roots.push(value);
        open(value);
      },
      onArrayBegin: () => open([]),
      onObjectEnd: (offset, length) => {
        stack.pop();
        if (stack.length === 0) end = offset + length;
      },
      onArrayEnd: () => void stack.pop(),
      onObjectProperty: (key) => {
        const top = stack.at(-1);
        if (top !== undefined) top.key = key;
      },
      onLiteralValue: (read: JsonValue, offset, length) => {
        const value = typeof read === 'number' ? exactly(read, text.slice(offset, offset + length)) : read;
        const uncertain =
          typeof value === 'string' ? broken : /^(?:$|[\w.+-])/.test(text.charAt(offset + length));
        broken = false;
        if (!uncertain) put(value);
      },
      onComment: (offset) => fault('comment', offset),
      onError: (code, offset, length) => {
        const name = printParseErrorCode(code);
        if (name === 'UnexpectedEndOfString') broken = true;
        let comma = offset - 1;
        while (comma > 0 && blank.includes(text.charAt(comma))) comma -= 1;
        const at = text.slice(offset, offset + length);
        if (text[comma] === ',' && name.endsWith('Expected') && /^[}\]]$/.test(at))
          fault('trailingComma', comma);
        else fault(at === '' ? 'unexpectedEnd' : (names.get(name) ?? 'invalidSymbol'), offset);
      },
    });
  } catch {
    return null; // deeper than the walk supports
  }
  const [json] = roots;
  return json === undefined ? null : { json, end, faults };
}

/** Same rule as `parseExact`. */
function exactly(value: number, digits: string): JsonValue {
  return /^-?\d{16,}$/.test(digits) && !Number.isSafeInteger(value) ? digits : value;
}

/** Finding parameters of jsonc-parser's errors. All others are `invalidSymbol`. */
const names: ReadonlyMap<string, string> = new Map([
  ['PropertyNameExpected', 'valueMissing'],
  ['ValueExpected', 'valueMissing'],
  ['CommaExpected', 'missingComma'],
  ['ColonExpected', 'missingColon'],
  ['UnexpectedEndOfString', 'unexpectedEnd'],
  ['UnexpectedEndOfComment', 'unexpectedEnd'],
  ['UnexpectedEndOfNumber', 'unexpectedEnd'],
  ['EndOfFileExpected', 'afterEnd'],
]);
