/** Reads a body for masking. A body with any unexplained character is not read completely. */
import { bytePlaces } from '#shared/body/bytePlaces';
import { literal, scan, type Path, type Position, type Span } from '#shared/body/positions';
import { fold } from '#shared/messages/field';
import { decodeText } from '../protocol/text';

/** A string, number or literal, with its position. */
export interface Scalar {
  readonly path: Path;
  readonly span: Span;
  readonly raw: string;
  /** The string's value; other scalars as written. */
  readonly value: string;
  readonly is: 'text' | 'number' | 'word';
}

interface WholeBody {
  readonly places: Uint32Array;
  readonly scalars: readonly Scalar[];
  /** `null`: there is no command, or several. */
  readonly cmd: string | null;
}

export interface ReadBody {
  readonly text: string;
  /** The members that were found, each before the members inside it. */
  readonly members: readonly Position[];
  /** `null`: the body contains text that is neither a member nor a separator. */
  readonly whole: WholeBody | null;
}

const between = /^[{}[\],:\s\0\uFEFF]*$/;
export const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
export const word = /^(?:true|false|null)$/i;

export function readBody(body: Uint8Array): ReadBody {
  const { text } = decodeText(body);
  const members = scan(text);
  return { text, members, whole: readWhole(body, text, members) };
}

function readWhole(body: Uint8Array, text: string, members: readonly Position[]): WholeBody | null {
  const places = bytePlaces(body, text);
  if (places === null) return null;
  const scalars: Scalar[] = [];
  const spans: Span[] = [];
  for (const { path, name, value: span } of members) {
    if (name !== null) spans.push(name);
    const raw = text.slice(span.from, span.to);
    if (raw.startsWith('{') || raw.startsWith('[')) continue;
    spans.push(span);
    const scalar = scalarOf(path, span, raw);
    if (scalar === null) return null;
    scalars.push(scalar);
  }
  let rest = '';
  let done = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    rest += text.slice(done, from);
    done = to;
  }
  if (!isSound(rest + text.slice(done))) return null;
  return { places, scalars, cmd: commandOf(scalars) };
}

/**
 * Whether only separators stand between members and every bracket is balanced. After a list without an end, all following text
 * would count as its elements. Only the second part of an object that was cut in two may close an unopened bracket.
 */
function isSound(rest: string): boolean {
  if (!between.test(rest)) return false;
  const open: string[] = [];
  for (const sign of rest) {
    if (sign === '{' || sign === '[') open.push(sign);
    else if (sign === ':' && open.at(-1) === '[') return false;
    else if (sign === ']' && open.pop() !== '[') return false;
    else if (sign === '}' && (open.pop() ?? '{') !== '{') return false;
  }
  return open.length === 0;
}

function scalarOf(path: Path, span: Span, raw: string): Scalar | null {
  if (raw.startsWith('"')) {
    const value = raw.length > 1 && raw.endsWith('"') ? literal(raw) : undefined;
    return typeof value === 'string' ? { path, span, raw, value, is: 'text' } : null;
  }
  if (number.test(raw)) return { path, span, raw, value: raw, is: 'number' };
  return word.test(raw) ? { path, span, raw, value: raw, is: 'word' } : null;
}

function commandOf(scalars: readonly Scalar[]): string | null {
  const names = scalars.filter(({ path }) => path.length === 1 && fold(String(path[0])) === 'cmd');
  const [only, other] = names;
  return only?.is === 'text' && other === undefined ? only.value : null;
}
