/** Differences between two bodies. */
import { pathId, type Path } from '../body/positions';
import type { JsonObject, JsonValue } from '../model/json';

export type Change =
  | { readonly what: 'added' | 'gone' }
  | { readonly what: 'changed'; readonly was: JsonValue };

export interface Comparison {
  /** The later body, with removed members at the end of their object. */
  readonly merged: JsonObject;
  /** By `pathId`; children of new or removed members are not counted separately. */
  readonly changes: ReadonlyMap<string, Change>;
}

export function compare(now: JsonObject, before: JsonObject): Comparison {
  const changes = new Map<string, Change>();
  return { merged: object(now, before, [], changes), changes };
}

function object(now: JsonObject, before: JsonObject, path: Path, changes: Map<string, Change>): JsonObject {
  const merged: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(now)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    merged.push([name, member(value, old, [...path, name], changes)]);
  }
  for (const [name, old] of Object.entries(before)) {
    if (Object.hasOwn(now, name)) continue;
    changes.set(pathId([...path, name]), { what: 'gone' });
    merged.push([name, old]);
  }
  return Object.fromEntries(merged);
}

function member(
  value: JsonValue,
  old: JsonValue | undefined,
  path: Path,
  changes: Map<string, Change>,
): JsonValue {
  if (old === undefined) {
    changes.set(pathId(path), { what: 'added' });
    return value;
  }
  if (isObject(value) && isObject(old)) return object(value, old, path, changes);
  if (isList(value) && isList(old)) {
    const rest = old.slice(value.length);
    rest.forEach((_, at) => changes.set(pathId([...path, value.length + at]), { what: 'gone' }));
    return [...value.map((one, at) => member(one, old[at], [...path, at], changes)), ...rest];
  }
  if (value !== old) changes.set(pathId(path), { what: 'changed', was: old });
  return value;
}

/** The body's own value at this path; `undefined`: none. */
export function valueAt(json: JsonObject, path: Path): JsonValue | undefined {
  let value: JsonValue | undefined = json;
  for (const key of path) {
    if (isList(value) && typeof key === 'number') value = value[key];
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);
const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
