/**
 * One member of a message: how it is spelled on the wire, what it means, and how its value is read. Numbers may come as text and
 * the reverse, with stray spaces (vendor document 3.6, 3.7); what can't be used is `null`.
 */
import type { JsonObject, JsonValue } from '../model/json';
import { longestRemark } from './longest';

/** Who says so: the vendor's document, or what was seen of real machines. */
export type Source = 'doc' | 'field';

/** What a value is written as. The machine may write numbers as texts and the reverse. */
export type FieldType = 'text' | 'integer' | 'flag' | 'object' | 'list';
/** What a number counts in, or how a text is written. The words: `fieldUnit.<unit>`. */
export type FieldUnit =
  | 'fen'
  | 'percent'
  | 'yyyyMMdd'
  | 'yyyyMMddHHmmss'
  | 'dateTime' // yyyy-MM-dd HH:mm:ss
  | 'md5'
  | 'url'
  | 'digits' // three digits 0-5: strength, milk, sugar
  | 'none' // the unit is not on the wire
  | 'materialId';

/** What nobody else may read, and what it is: in a file that is handed on another text stands in its place. */
export type Secrecy = 'order' | 'payment' | 'sign';

/** The least and the greatest number; `null`: no limit is known. */
export interface Range {
  readonly min: number;
  readonly max: number | null;
}

/** What values are usual. */
export interface Values {
  readonly unit?: FieldUnit;
  readonly range?: Range;
  /** Values that have words of their own, in lower case: `field.<meaning>.value.<value>`. */
  readonly values?: readonly string[];
  /** Of those, the ones that do harm to a machine: a person who writes one is warned. */
  readonly harmful?: readonly string[];
}

/** A value inside a member, with its meaning. */
export interface Place<M extends string = string> extends Values {
  readonly means: M;
  readonly type: FieldType;
}

/** What each member of an object, or each element of a list, means. */
export interface Inner<M extends string = string> extends Place<M> {
  /** What the elements of that one mean, by their place. */
  readonly places?: readonly Place<M>[];
}

/** Every spelling on the wire, the usual one first; case and `_` aside they are one name. */
export type Names = readonly [string, ...string[]];

/** `T`: as it is read. `M`: the meaning it shares with members of other messages. `I`: meanings inside it. */
export interface Field<T = unknown, M extends string = string, I extends string = string> extends Values {
  readonly names: Names;
  readonly type: FieldType;
  /** The key of its words, `field.<key>.means`; `null`: the name of the property. */
  readonly means: M | null;
  readonly read: (value: JsonValue) => T;
  /** The message's where it is not given. */
  readonly source?: Source;
  /** Whether a message without it is worth a finding; where it is not given: what the document lists is. */
  readonly required?: boolean;
  /** Not required in a message that has one of these properties. */
  readonly unlessWith?: readonly string[];
  /** A bad value is worth a finding whatever the source. */
  readonly judged?: boolean;
  /** A blank text reads as `null` without a finding. */
  readonly mayBeBlank?: boolean;
  /** Characters that are read of a machine's text, where that is not `longestText`; `null`: all, to be sent back. */
  readonly longest?: number | null;
  /** It is private: a member of that name is, in whatever message it stands. */
  readonly secrecy?: Secrecy;
  /** Takes every member that no other field has and whose name fits. */
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

// NoInfer: the place a field stands in must not widen its meaning to any text.
function field<T, M extends string>(
  type: FieldType,
  spelling: Spelling,
  read: (value: JsonValue) => T,
  { means, ...more }: More<M>,
): Field<T, NoInfer<M>, never> {
  const names: Names = typeof spelling === 'string' ? [spelling] : spelling;
  return { names, type, means: means ?? null, read, ...more };
}

/** Trimmed text; a number as its digits. Empty text is none. */
export const text = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> => field('text', spelling, toText, more);

/** As `text`, in lower case: one of a machine's own words. */
export const word = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> =>
  field('text', spelling, (value) => toText(value)?.toLowerCase() ?? null, more);

/** As `word`, of a verdict: yes or no is a word too, and what is neither text nor number is kept as its JSON, as it is not the same as none. */
export const verdict = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> => field('text', spelling, toVerdict, more);

/** As `text`, but empty text is a good value and means the same as none (descriptions, names). */
export const remark = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> => ({
  ...field('text', spelling, toText, more),
  mayBeBlank: true,
  longest: longestRemark,
});

/** A text exactly as it came, spaces included. */
export const exactText = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<string | null, NoInfer<M>, never> => ({
  ...field('text', spelling, (value) => (typeof value === 'string' ? value : toText(value)), more),
  longest: null,
});

/** A number or text exactly as it came, to be sent back. */
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

/** true, 1 and their texts; false, 0 and theirs. */
export const flag = <const M extends string = never>(
  spelling: Spelling,
  more: More<M> = {},
): Field<boolean | null, NoInfer<M>, never> =>
  field('flag', spelling, toFlag, { values: ['true', 'false'], ...more });

/** An object whose members are texts under names of the machine's choice. */
export const texts = <const M extends string = never, const I extends string = string>(
  spelling: Spelling,
  more: More<M> & { readonly each: Inner<I> },
): Field<Readonly<Record<string, string>> | null, NoInfer<M>, I> => ({
  ...field('object', spelling, toTexts, more),
  each: more.each,
});

/** Every other member whose name fits `pattern` and that can be text (`toWords`), under its wire name. */
export const others = <const M extends string = never>(
  pattern: RegExp,
  more: More<M> = {},
): Field<Readonly<Record<string, string>>, NoInfer<M>, never> => ({
  ...field<Readonly<Record<string, string>>, M>('text', `*${pattern.source}*`, () => ({}), more),
  pattern,
});

/** A list; its elements as they came. */
export const list = <const M extends string = never, const I extends string = string>(
  spelling: Spelling,
  more: More<M> & { readonly each: Inner<I> },
): Field<readonly JsonValue[] | null, NoInfer<M>, I> => ({
  ...field('list', spelling, toList, more),
  each: more.each,
});

/** Seen of real machines; the document does not have it. Its absence says nothing. */
export const seen = <F extends object>(one: F): F & { readonly source: 'field' } => ({
  ...one,
  source: 'field',
});

/** How a value of a unit is written, blanks around it aside: those that have one form. */
export const forms = {
  yyyyMMdd: /^\d{8}$/,
  yyyyMMddHHmmss: /^\d{14}$/,
  dateTime: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  url: /^https?:\/\/\S/i,
  digits: /^[0-5]{1,3}$/, // a number has no zeros in front
} as const satisfies Readonly<Partial<Record<FieldUnit, RegExp>>>;
export type FormUnit = keyof typeof forms;

/** A number that lost digits in reading (over 2^53) is rather not read than read wrong. */
export function toText(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') {
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : null;
  }
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/** As `toText`; a list as its elements, and yes or no as that. */
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
  // fromEntries defines members, so a member called __proto__ is one like any other
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, inner]) => {
      const written = toText(inner);
      return written === null ? [] : [[name, written] as const];
    }),
  );
}

/** As most are: nothing has to be made anew. */
function isOfTexts(object: JsonObject): object is Readonly<Record<string, string>> {
  for (const name in object) if (toText(object[name] ?? null) !== object[name]) return false;
  return true;
}

function toList(value: JsonValue): readonly JsonValue[] | null {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : null;
}

const folds = new Map<string, string>();
const foldsKept = 500;

/** `ProductId`, `product_id` and `productid` are one name. Remembered, since machines say the same names all day. */
export function fold(name: string): string {
  const known = folds.get(name);
  if (known !== undefined) return known;
  const folded = name.replace(/[_\s-]/g, '').toLowerCase();
  if (folds.size < foldsKept && name.length < 40) folds.set(name, folded);
  return folded;
}
