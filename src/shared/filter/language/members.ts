/** Finds values in a body by name. */
import { fold } from '../../messages/field';
import type { JsonObject, JsonValue } from '../../model/json';

/** All values of the outermost members whose folded name is wanted. */
export function valuesOf(body: JsonObject, wanted: ReadonlySet<string>): readonly JsonValue[] {
  const values: JsonValue[] = [];
  for (const name of Object.keys(body)) {
    const value = body[name];
    if (value !== undefined && wanted.has(fold(name))) values.push(value);
  }
  return values;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isIndex = /^\d{1,9}$/;

/**
 * Calls `judge` with the values under `path` (ignoring case) until it returns true. In a list, tries every element, or the one at the
 * given index (from 0).
 */
export function someAt(
  value: JsonValue,
  path: readonly string[],
  judge: (value: JsonValue) => boolean,
): boolean {
  const [name, ...rest] = path;
  if (isList(value)) {
    if (name !== undefined && isIndex.test(name)) {
      const element = value[Number(name)];
      return element !== undefined && someAt(element, rest, judge);
    }
    return value.some((element) => someAt(element, path, judge)) || (name === undefined && judge(value));
  }
  if (name === undefined) return judge(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).some((key) => {
    const inner = key.toLowerCase() === name ? value[key] : undefined;
    return inner !== undefined && someAt(inner, rest, judge);
  });
}

/** A single value as text, without outer blanks; `null`: not a single value, or a number that lost digits. */
export function textOfValue(value: JsonValue): string | null {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : null;
  return typeof value === 'object' && value !== null ? null : String(value);
}

/** Numbers may be text. */
export function numberOfValue(value: JsonValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,16}(?:\.\d*)?\s*$/.test(value)) return null;
  return Number(value);
}
