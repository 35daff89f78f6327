/**
 * The positions of a body's members in its text, to highlight the source of a value. Tolerates the mistakes of real bodies
 * (docs/protocol/json.md). Returns a position only if reading it gives the value of the body's reader:
 * no position is better than a wrong one.
 */
import type { JsonObject, JsonValue } from '../model/json';

export type Path = readonly (string | number)[];
/** The end is exclusive. In characters (UTF-16 units) or bytes. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface Position {
  readonly path: Path;
  /** Including its quotes; `null` for an element of a list. */
  readonly name: Span | null;
  readonly value: Span;
}

/** A path as text, unique in a body. */
export const pathId = (path: Path): string => JSON.stringify(path);

/** The same limit as in the body's reader. */
const maxDepth = 64;
const blank = /[\s\0\uFEFF]/;
const ends = /[\s\0,:{}[\]"]/;

/** The members of `json` found in `text`, by their `pathId`, in text order. */
export function positionsOf(text: string, json: JsonObject): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  for (const one of scan(text)) {
    const value = at(json, one.path);
    if (value === undefined || !reads(text.slice(one.value.from, one.value.to), value)) continue;
    const id = pathId(one.path);
    // The later of two members with the same name counts, as in every JSON reader.
    found.delete(id);
    found.set(id, one);
  }
  return found;
}

function at(json: JsonValue, path: Path): JsonValue | undefined {
  let value: JsonValue | undefined = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, step)
      ? (value as Readonly<Record<string | number, JsonValue>>)[step]
      : undefined;
  }
  return value;
}

function reads(raw: string, value: JsonValue): boolean {
  if (typeof value === 'object' && value !== null)
    return raw.startsWith(Array.isArray(value) ? '[' : '{') && /[\]}]$/.test(raw);
  // The reader keeps numbers with too many digits as text.
  return literal(raw) === value || (raw === value && /^-?\d+$/.test(raw));
}

/** A whole string that is its own value. */
const plainString = /^"[^"\\\p{Cc}]*"$/u;

/** A string, number or keyword in a body, including strings with control characters; `undefined`: something else. */
export function literal(raw: string): unknown {
  if (plainString.test(raw)) return raw.slice(1, -1);
  const escaped = raw.startsWith('"')
    ? raw.replace(/\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : raw;
  try {
    return JSON.parse(escaped) as unknown;
  } catch {
    return undefined;
  }
}

/** All members, each before the members inside it. */
export function scan(text: string): readonly Position[] {
  const out: Position[] = [];
  let i = 0;

  const skip = (): void => {
    for (;;) {
      while (i < text.length && blank.test(text.charAt(i))) i += 1;
      if (text.startsWith('//', i)) i = orEnd(text.indexOf('\n', i));
      else if (text.startsWith('/*', i)) i = orEnd(text.indexOf('*/', i + 2), 2);
      else return;
    }
  };
  const orEnd = (found: number, past = 0): number => (found < 0 ? text.length : found + past);
  const string = (): Span => {
    const from = i;
    i += 1;
    while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
    i = Math.min(text.length, i + 1);
    return { from, to: i };
  };
  const value = (path: Path): Span | null => {
    const from = i;
    const first = text.charAt(i);
    if (first === '"') return string();
    if (first === '{' || first === '[') {
      if (path.length >= maxDepth) {
        i = text.length;
        return null;
      }
      i += 1;
      if (first === '{') members(path);
      else elements(path);
      return { from, to: i };
    }
    while (i < text.length && !ends.test(text.charAt(i))) i += 1;
    return i === from ? null : { from, to: i };
  };
  /** Reads up to and including the closing brace, or to the end. Records each member before its inner members. */
  const members = (parent: Path): void => {
    for (;;) {
      skip();
      if (i >= text.length) return;
      const c = text.charAt(i);
      if (c === '}') {
        i += 1;
        return;
      }
      if (c !== '"') {
        i += 1;
        continue;
      }
      const name = string();
      const key = literal(text.slice(name.from, name.to));
      skip();
      if (text[i] === ':') i += 1;
      skip();
      if (typeof key === 'string') put([...parent, key], name);
      else value(parent);
    }
  };
  const elements = (parent: Path): void => {
    for (let index = 0; ;) {
      skip();
      if (i >= text.length) return;
      const c = text.charAt(i);
      if (c === ']') {
        i += 1;
        return;
      }
      if (c === ',' || c === ':' || c === '}') {
        i += 1;
        continue;
      }
      put([...parent, index], null);
      index += 1;
    }
  };
  const put = (path: Path, name: Span | null): void => {
    const place = out.length;
    const span = value(path);
    if (span !== null) out.splice(place, 0, { path, name, value: span });
  };

  skip();
  if (text[i] === '{') i += 1;
  // Members without an opening brace are the second part of an object cut in two (vendor document 3.6).
  else if (text[i] !== '"') return out;
  members([]);
  skip();
  if (text[i] === '"') members([]);
  return out;
}
