/** A JSON value as tree lines. */
import { pathId, type Path } from '#shared/body/positions';
import type { JsonObject, JsonValue } from '#shared/model/json';

export interface JsonLine {
  /** Unique in the tree. */
  readonly id: string;
  readonly path: Path;
  /** The member's name or the element's index. */
  readonly name: string;
  readonly value: JsonValue;
  /** 1 at the top. */
  readonly level: number;
  /** Number of members or elements; `null`: a scalar. */
  readonly holds: number | null;
  /** Its position among its siblings, from 1, and their number. */
  readonly place: number;
  readonly of: number;
}

/** Limit of lines; a usual body has about twenty. */
export const lineLimit = 1_000;

/** The visible lines with `closed` collapsed, and the number of further lines. `valueOf` overrides a line's value. */
export function jsonLines(
  json: JsonObject,
  closed: ReadonlySet<string>,
  valueOf: (path: Path, value: JsonValue) => JsonValue = (_, value) => value,
): { readonly lines: readonly JsonLine[]; readonly more: number } {
  const lines: JsonLine[] = [];
  let more = 0;
  const add = (entries: readonly (readonly [string | number, JsonValue])[], parent: Path): void => {
    for (const [index, [key, value]] of entries.entries()) {
      if (lines.length >= lineLimit) {
        more += entries.length - index;
        return;
      }
      const path = [...parent, key];
      const id = pathId(path);
      const inner = membersOf(value);
      const holds = inner?.length ?? null;
      const level = path.length;
      const [name, place] = [String(key), index + 1];
      lines.push({ id, path, name, value: valueOf(path, value), level, holds, place, of: entries.length });
      if (inner !== null && !closed.has(id)) add(inner, path);
    }
  };
  add(Object.entries(json), []);
  return { lines, more };
}

function membersOf(value: JsonValue): readonly (readonly [string | number, JsonValue])[] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return value.map((one: JsonValue, index) => [index, one] as const);
  return Object.entries(value as JsonObject);
}

/** The effect of a key in the tree: another line, open, or close; `null`: not a tree key. */
export type TreeMove =
  | { readonly to: number }
  | { readonly open: string }
  | { readonly close: string }
  | null;
export function treeMove(
  key: string,
  from: number,
  lines: readonly JsonLine[],
  closed: ReadonlySet<string>,
): TreeMove {
  const line = lines[from];
  if (line === undefined) return null;
  const isOpen = line.holds !== null && line.holds > 0 && !closed.has(line.id);
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(lines.length - 1, from + 1) };
    case 'ArrowUp':
      return { to: Math.max(0, from - 1) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: lines.length - 1 };
    case 'ArrowRight':
      if (line.holds === null || line.holds === 0) return { to: from };
      return isOpen ? { to: from + 1 } : { open: line.id };
    case 'ArrowLeft': {
      if (isOpen) return { close: line.id };
      const parent = pathId(line.path.slice(0, -1));
      const at = lines.findIndex(({ id }) => id === parent);
      return { to: at < 0 ? from : at };
    }
    case 'Enter':
    case ' ':
      if (line.holds === null || line.holds === 0) return { to: from };
      return isOpen ? { close: line.id } : { open: line.id };
    default:
      return null;
  }
}

/** A value for the clipboard: texts without quotes. */
export function copyText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
