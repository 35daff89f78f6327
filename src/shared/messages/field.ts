/**
 * One member of a message: its spelling on the wire, its meaning, and how its value is read. Numbers may arrive as text and texts as
 * numbers, with stray spaces (vendor document 3.6, 3.7). Unusable values become `null`.
 */
import type { JsonObject, JsonValue } from '../model/json';
import { longestRemark } from './longest';

/** The source of a fact: the vendor's document, or observation of real machines. */
export type Source = 'doc' | 'field';

/** The type of a value. Machines may write numbers as text and text as numbers. */
export type FieldType = 'text' | 'integer' | 'flag' | 'object' | 'list';
/** The unit of a number, or the format of a text. Labels: `fieldUnit.<unit>`. */
export type FieldUnit =
  | 'fen'
  | 'percent'
  | 'yyyyMMdd'
  | 'yyyyMMddHHmmss'
  | 'dateTime' // yyyy-MM-dd HH:mm:ss
  | 'md5'
  | 'url'
  | 'digits' // three digits 0-5: strength, milk, sugar
  | 'none' // the wire form has no unit
  | 'materialId';

/** Private content and its kind. Files for other people contain a placeholder instead. */
export type Secrecy = 'order' | 'payment' | 'sign';

/** The minimum and maximum; `null`: unknown limit. */
export interface Range {
  readonly min: number;
  readonly max: number | null;
}

/** The usual values. */
export interface Values {
  readonly unit?: FieldUnit;
  readonly range?: Range;
  /** Values with a label, in lower case: `field.<meaning>.value.<value>`. */
  readonly values?: readonly string[];
  /** The harmful ones among them: the window warns a person who writes one. */
  readonly harmful?: readonly string[];
}

/** A value inside a member, with its meaning. */
export interface Place<M extends string = string> extends Values {
  readonly means: M;
  readonly type: FieldType;
}

/** The meaning of each member of an object, or each element of a list. */
export interface Inner<M extends string = string> extends Place<M> {
  /** Meanings of the inner elements, by position. */
  readonly places?: readonly Place<M>[];
}

/** Every spelling on the wire, the usual one first. Case and `_` are ignored. */
export type Names = readonly [string, ...string[]];

/** `T`: type of the value read. `M`: meaning shared with members of other messages. `I`: meanings inside it. */
export interface Field<T = unknown, M extends string = string, I extends string = string> extends Values {
  readonly names: Names;
  readonly type: FieldType;
  /** Key of its labels, `field.<key>.means`; `null`: the property's name. */
  readonly means: M | null;
  readonly read: (value: JsonValue) => T;
  /** The message's source by default. */
  readonly source?: Source;
  /** Whether its absence is a finding. By default, if the document lists the member. */
  readonly required?: boolean;
  /** Not required in a message with one of these properties. */
  readonly unlessWith?: readonly string[];
  /** An invalid value is a finding, whatever the source. */
  readonly judged?: boolean;
  /** A blank text becomes `null` without a finding. */
  readonly mayBeBlank?: boolean;
  /** Characters read of a machine's text, if not `longestText`; `null`: all, to be sent back. */
  readonly longest?: number | null;
  /** Private: this applies to members with this name in every message. */
  readonly secrecy?: Secrecy;
  /** Takes every member without a field of its own whose name matches. */
  readonly pattern?: RegExp;
  readonly each?: Inner<I>;
}

interface More<M extends string> extends Values {
  readonly means?: M;
  readonly required?: boolean;
  readonly unlessWith?: readonly string[];
  readonly judged?: boolean;
  readonly secrecy?: Secrecy;
}

type Spelling = string | Names;

// NoInfer: the context of a field must not widen its meaning to any string.
function field<T, M extends string>(
  type: FieldType,
  spelling: Spelling,
  read: (value: JsonValue) => T,
  { means, ...more }: More<M>,
): Field<T, NoInfer<M>, never> {
  const names: Names = typeof spelling === 'string' ? [spelling] : spelling;
  return { names, type, means: means ?? null, read, ...more };
}

/** Trimmed text; numbers become their digits. Empty text is `null`. */
export const text = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> => field('text', spelling, toText, more);

/** Like `text`, in lower case: a keyword of the machine. */
export const word = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> =>
  field('text', spelling, (value) => toText(value)?.toLowerCase() ?? null, more);

/** Like `word`, for an outcome: booleans become text too. Objects and lists become JSON text, to distinguish them from a missing value. */
export const verdict = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> => field('text', spelling, toVerdict, more);

/** Like `text`, but empty text is valid and equals a missing value (descriptions, names). */
export const remark = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> => ({
  ...field('text', spelling, toText, more),
  mayBeBlank: true,
  longest: longestRemark,
});

/** A text exactly as received, including spaces. */
export const exactText = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> => ({
  ...field('text', spelling, (value) => (typeof value === 'string' ? value : toText(value)), more),
  longest: null,
});

/** A number or text exactly as received, to be sent back. */
export const echo = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | number | null, NoInfer<M>, never> => ({
  ...field(
    'text',
    spelling,
    (value) => (typeof value === 'string' || typeof value === 'number' ? value : null),
    more,
  ),
  longest: null,
});

/** A whole number: ids, counts, fen. */
export const integer = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<number | null, NoInfer<M>, never> => field('integer', spelling, toInteger, more);

/** true, 1 and their texts; false, 0 and their texts. */
export const flag = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<boolean | null, NoInfer<M>, never> =>
  field('flag', spelling, toFlag, { values: ['true', 'false'], ...more });

/** An object with text members whose names the machine chooses. */
export const texts = <const M extends string = never, const I extends string = string>(
  spelling: Spelling,
  more: More<M> & { readonly each: Inner<I> },
): Field<Readonly<Record<string, string>> | null, NoInfer<M>, I> => ({
  ...field('object', spelling, toTexts, more),
  each: more.each,
});

/** Every other member whose name matches `pattern` and that converts to text (`toWords`), under its wire name. */
export const others = <const M extends string = never>(
  pattern: RegExp,
  more: More<M> = {},
): Field<Readonly<Record<string, string>>, NoInfer<M>, never> => ({
  ...field<Readonly<Record<string, string>>, M>('text', `*${pattern.source}*`, () => ({}), more),
  pattern,
});

/** A list with its elements as received. */
export const list = <const M extends string = never, const I extends string = string>(
  spelling: Spelling,
  more: More<M> & { readonly each: Inner<I> },
): Field<readonly JsonValue[] | null, NoInfer<M>, I> => ({
  ...field('list', spelling, toList, more),
  each: more.each,
});

/** Observed on real machines, absent in the document. Its absence is not a finding. */
export const seen = <F extends object>(one: F): F & { readonly source: 'field' } => ({
  ...one,
  source: 'field',
});

/** Patterns of formats with a single notation. Surrounding blanks are ignored. */
export const forms = {
  yyyyMMdd: /^\d{8}$/,
  yyyyMMddHHmmss: /^\d{14}$/,
  dateTime: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  url: /^https?:\/\/\S/i,
  digits: /^[0-5]{1,3}$/, // a number has no leading zeros
} as const satisfies Readonly<Partial<Record<FieldUnit, RegExp>>>;
export type FormUnit = keyof typeof forms;

/** A number above 2^53 may have lost digits, so it becomes `null`. */
export function toText(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') {
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : null;
  }
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/** Like `toText`, also for lists (their elements) and booleans. */
export function toWords(value: JsonValue): string | null {
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => toWords(one) ?? []).join(', ') || null;
  return typeof value === 'boolean' ? String(value) : toText(value);
}

const verdictLength = 60;

function toVerdict(value: JsonValue): string | null {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null;
  return toText(value)?.toLowerCase() ?? JSON.stringify(value).slice(0, verdictLength);
}

export function toInteger(value: JsonValue): number | null {
  const number =
    typeof value === 'string' && /^\s*[+-]?\d{1,16}(?:\.0*)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

function toFlag(value: JsonValue): boolean | null {
  if (typeof value === 'boolean') return value;
  const written = toText(value)?.toLowerCase();
  if (written === 'true' || written === '1') return true;
  return written === 'false' || written === '0' ? false : null;
}

function toTexts(value: JsonValue): Readonly<Record<string, string>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const object = value as JsonObject;
  if (isOfTexts(object)) return object;
  // fromEntries defines members, so `__proto__` is an ordinary one
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, inner]) => {
      const written = toText(inner);
      return written === null ? [] : [[name, written] as const];
    }),
  );
}

/** The usual case, which needs no new object. */
function isOfTexts(object: JsonObject): object is Readonly<Record<string, string>> {
  for (const name in object) {
    const value = object[name];
    // `null` would equal its own conversion.
    if (typeof value !== 'string' || toText(value) !== value) return false;
  }
  return true;
}

function toList(value: JsonValue): readonly JsonValue[] | null {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : null;
}

const folds = new Map<string, string>();
const foldsKept = 500;

/** `ProductId`, `product_id` and `productid` are the same name. Cached, because machines repeat the same names. */
export function fold(name: string): string {
  const known = folds.get(name);
  if (known !== undefined) return known;
  const folded = name.replace(/[_\s-]/g, '').toLowerCase();
  if (folds.size < foldsKept && name.length < 40) folds.set(name, folded);
  return folded;
}
