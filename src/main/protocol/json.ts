/** A body's text as an object: strict JSON first, then whatever can be read with certainty (docs/protocol.md, "JSON"). */
import { printParseErrorCode, visit } from 'jsonc-parser';
import type { Finding } from '#shared/catalog/findings';
import type { JsonObject, JsonValue } from '#shared/model/frame';

export interface ReadJson {
  readonly json: JsonObject | null;
  readonly findings: readonly Finding[];
}

/** Deeper nesting is refused: no message nests more than three deep, and code that recurses over it must not overflow. */
export const maxDepth = 64;

const noFindings: readonly Finding[] = [];
const invalid: ReadJson = { json: null, findings: [{ code: 'json.invalid' }] };

/** The object that `text` strictly is, or `null`. */
export function parseStrict(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

/** A string as it stands in a body, also one with raw control characters in it. */
const anyString = /"(?:[^"\\]|\\[^])*"/g;

/** Whether `text` nests deeper than `maxDepth`. */
export function tooDeep(text: string): boolean {
  return depthOver(text) && depthOver(text.replace(anyString, ''));
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
 * Reads a body. Findings: `json.lenient` {what, offset, count}: the first fault, its place in characters, and how many there
 * were; `json.invalid`: no object could be had. Never throws.
 */
export function readJson(text: string): ReadJson {
  if (tooDeep(text)) return invalid;
  const strict = parseStrict(text);
  if (strict !== null) return { json: strict, findings: noFindings };
  return (
    readTrimmed(text) ??
    readControls(text) ??
    readTolerant(text) ??
    readTolerant(text, 'objectCut') ??
    invalid
  );
}

function lenient(json: JsonObject, what: string, offset: number, count = 1): ReadJson {
  return { json, findings: [{ code: 'json.lenient', params: { what, offset, count } }] };
}

/** NUL bytes after the object, or a byte order mark before it. */
function readTrimmed(text: string): ReadJson | null {
  const body = text.replace(/^\uFEFF/, '').replace(/[\0\s]+$/, '');
  if (body.length === text.length) return null;
  const json = parseStrict(body);
  if (json === null) return null;
  return text.startsWith('\uFEFF')
    ? lenient(json, 'byteOrderMark', 0)
    : lenient(json, 'nul', text.indexOf('\0'));
}

/** Line breaks and other control characters inside strings, which JSON wants escaped. */
function readControls(text: string): ReadJson | null {
  let at = -1;
  let count = 0;
  const escaped = text.replace(anyString, (string, offset: number) =>
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    string.replace(/[\x00-\x1f]/g, (control, inner: number) => {
      if (count === 0) at = offset + inner;
      count += 1;
      return `\\u00${control.charCodeAt(0).toString(16).padStart(2, '0')}`;
    }),
  );
  const json = count === 0 ? null : parseStrict(escaped);
  return json === null ? null : lenient(json, 'controlCharacter', at, count);
}

interface Fault {
  readonly what: string;
  readonly offset: number;
}

/**
 * jsonc-parser's fault-tolerant walk, with two cautions of ours: a value that may have been cut (it touches the end, or a
 * letter or digit follows it) is left out rather than read wrong, and `__proto__` is a member like any other.
 * `objectCut`: the text is the second part of an object (vendor document 3.6), without its opening brace.
 */
function readTolerant(text: string, cut?: 'objectCut'): ReadJson | null {
  if (cut === undefined ? !/^\s*\{/.test(text) : !/^\s*"/.test(text)) return null;
  const faults: Fault[] = cut === undefined ? [] : [{ what: cut, offset: 0 }];
  const shift = cut === undefined ? 0 : -1;
  const root = walk(cut === undefined ? text : `{${text}`, faults, shift);
  if (root === null) return null;
  let json = root.json;
  // An object cut in two within one body: the rest continues it.
  const rest = text.slice(root.end);
  if (cut === undefined && /^\s*"[^]*\}\s*$/.test(rest)) {
    faults.push({ what: 'objectCut', offset: root.end });
    const more = walk(`{${rest}`, faults, root.end - 1);
    if (more !== null) json = { ...json, ...more.json };
  }
  const firstFault = faults.find((f) => f.what !== 'afterEnd' || faults.length === 1);
  if (Object.keys(json).length === 0 || firstFault === undefined) return null;
  return lenient(json, firstFault.what, firstFault.offset, faults.length);
}

type Building = JsonValue[] | Record<string, JsonValue>;

function walk(text: string, faults: Fault[], shift: number): { json: JsonObject; end: number } | null {
  const stack: { value: Building; key: string }[] = [];
  const roots: JsonObject[] = [];
  let end = text.length;
  let broken = false; // an unterminated string: its value is not known
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
      onLiteralValue: (value: JsonValue, offset, length) => {
        const uncertain =
          typeof value === 'string' ? broken : /^(?:$|[\w.+-])/.test(text.charAt(offset + length));
        broken = false;
        if (!uncertain) put(value);
      },
      onComment: (offset) => fault('comment', offset),
      onError: (code, offset, length) => {
        const name = printParseErrorCode(code);
        if (name === 'UnexpectedEndOfString') broken = true;
        fault(nameOf(name, text.slice(offset, offset + length)), offset);
      },
    });
  } catch {
    return null; // deeper than the walk can go
  }
  const [json] = roots;
  return json === undefined ? null : { json, end };
}

function nameOf(error: string, at: string): string {
  switch (error) {
    case 'PropertyNameExpected':
    case 'ValueExpected':
      return at === '}' || at === ']' ? 'trailingComma' : 'valueMissing';
    case 'CommaExpected':
      return 'missingComma';
    case 'ColonExpected':
      return 'missingColon';
    case 'CloseBraceExpected':
    case 'CloseBracketExpected':
    case 'UnexpectedEndOfString':
    case 'UnexpectedEndOfComment':
    case 'UnexpectedEndOfNumber':
      return 'unexpectedEnd';
    case 'EndOfFileExpected':
      return 'afterEnd';
    default:
      return 'invalidSymbol';
  }
}
