/** Words that belong to the preceding value or mean an empty value. A text search for them would find nothing. */
import type { FieldSpec } from './fields';

/** An empty value in other languages. */
export const nothing = /(?:null|empty|missing|空)(?=[\s()]|$)/iy;

/** Continuations that people separate by a blank. */
const timeOfDay = /\s+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?=[\s()]|$)/y;
const numberUnits = {
  plain: null,
  bytes: /\s+([kmg]i?b|bytes)(?=[\s()]|$)/iy,
  fen: /\s+(元|yuan)(?=[\s()]|$)/iy,
  ms: /\s+(ms|s|毫秒|秒)(?=[\s()]|$)/iy,
} as const;
const day = /(?:^|[^\d-])(\d{4}-\d\d?-\d\d?)$/;
const number = /(?:^|[^\d.])(\d+(?:\.\d+)?)$/;

/** A unit or a time of day after the value that ends at `at`; `back`: offset from `at` to the value's start. */
export function unitAfter(
  spec: FieldSpec<string>,
  text: string,
  at: number,
): { readonly back: number; readonly written: string; readonly ours: string } | null {
  const unit = spec.isTime ? timeOfDay : spec.number === null ? null : numberUnits[spec.number];
  if (unit === null) return null;
  unit.lastIndex = at;
  const [after = '', word = ''] = unit.exec(text) ?? [];
  const value = (spec.isTime ? day : number).exec(text.slice(0, at))?.[1];
  if (word === '' || value === undefined) return null;
  const ours = spec.isTime ? `"${value} ${word}"` : `${value}${word}`;
  return { back: value.length, written: `${value}${after}`, ours };
}
