/** A member that a relay rule rewrites: its path as in the filter language, and its new value as JSON. */
import type { Path } from './body/positions';

export type ValueKind = 'number' | 'text' | 'true' | 'false';
export const valueKinds: readonly ValueKind[] = ['number', 'text', 'true', 'false'];

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** A name, or one in quotation marks. */
const step = /"([^"]+)"|([^".]+)/y;

/**
 * The names of a path, in lower case; `null`: not a path. `body.supply.1` and `supply.1` are the same path. A name with points is in
 * quotation marks.
 */
export function readPath(text: string): readonly string[] | null {
  const names: string[] = [];
  const written = text.trim();
  for (let at = 0; ; at += 1) {
    step.lastIndex = at;
    const [whole = '', quoted, plain] = step.exec(written) ?? [];
    const name = quoted ?? plain;
    if (name === undefined) return null;
    names.push(name.toLowerCase());
    at += whole.length;
    if (at >= written.length) break;
    if (written[at] !== '.') return null;
  }
  return names[0] === 'body' && names.length > 1 ? names.slice(1) : names;
}

/** Whether a member is at this path. A list without an index stands for each of its elements. */
export function isAt(path: Path, names: readonly string[]): boolean {
  const [here, ...inner] = path;
  const [name, ...others] = names;
  if (here === undefined || name === undefined) return here === undefined && name === undefined;
  if (typeof here === 'string') return here.toLowerCase() === name && isAt(inner, others);
  return /^\d{1,9}$/.test(name) ? Number(name) === here && isAt(inner, others) : isAt(inner, names);
}

/** The value as JSON; `null`: not a number. */
export function jsonOf(kind: ValueKind, typed: string): string | null {
  if (kind === 'text') return JSON.stringify(typed);
  if (kind !== 'number') return kind;
  return number.test(typed.trim()) ? typed.trim() : null;
}

/** Kind and typed text of a JSON value; `null`: not a single value. */
export function kindOf(json: string): { readonly kind: ValueKind; readonly typed: string } | null {
  if (json === 'true' || json === 'false') return { kind: json, typed: '' };
  if (number.test(json)) return { kind: 'number', typed: json };
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? { kind: 'text', typed: value } : null;
  } catch {
    return null;
  }
}
