/** The typed content of a form generated from a command's row, and its parsing. */
import type { CommandName } from '#shared/commands/index';
import type { FormField } from '#shared/commands/kit/fields';
import { rowOf } from '#shared/commands/kit/rows';
import type { JsonObject, JsonValue } from '#shared/model/json';
import type { KnownProduct } from '#shared/model/knownProducts';

/** Typed texts and choices, by the input's members. */
export type Filled = Readonly<Record<string, string | number | boolean>>;

export function filledWith(fields: readonly FormField[], input: JsonObject): Filled {
  const filled: Record<string, string | number | boolean> = {};
  for (const { name, kind, initial } of fields) {
    const value = input[name] ?? initial;
    if (Array.isArray(value)) filled[name] = value.join(', ');
    else if (typeof value === 'object') filled[name] = '';
    else filled[name] = kind === 'number' ? String(value) : value;
  }
  return filled;
}

/** `null`: empty or not a whole number. A unit may follow. */
export function wholeNumber(text: string, unit: string): number | null {
  const typed = text.trim();
  const digits = (unit !== '' && typed.endsWith(unit) ? typed.slice(0, -unit.length) : typed).trim();
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/** Whole numbers with any separators. Other words are kept, so that they are refused. */
const wholeNumbers = (text: string): readonly (number | null)[] =>
  text
    .split(/[\s,，、;；]+/)
    .filter((each) => each !== '')
    .map((each) => wholeNumber(each, ''));

function valueOf(field: FormField, typed: string | number | boolean | undefined): JsonValue {
  if (field.kind === 'numbers') return wholeNumbers(String(typed ?? ''));
  return field.kind === 'number' ? wholeNumber(String(typed ?? ''), field.unit) : (typed ?? null);
}

/** Whether the member satisfies its schema. */
export function fits(name: CommandName, field: FormField, filled: Filled): boolean {
  return rowOf(name).takes(field.name, valueOf(field, filled[field.name]));
}

/** Scales that are the digits of one code, in order. */
export interface Code {
  readonly name: string;
  readonly digits: readonly Extract<FormField, { readonly kind: 'scale' }>[];
}
export function codesOf(fields: readonly FormField[]): readonly Code[] {
  const codes = new Map<string, Code['digits']>();
  for (const field of fields)
    if (field.kind === 'scale' && field.digitOf !== null)
      codes.set(field.digitOf, [...(codes.get(field.digitOf) ?? []), field]);
  return [...codes].map(([name, digits]) => ({ name, digits }));
}

/** The code as typed, otherwise built from its scales. */
export function codeText({ name, digits }: Code, filled: Filled): string {
  const typed = filled[name];
  return typeof typed === 'string' ? typed : digits.map((digit) => String(filled[digit.name])).join('');
}

/** The scale values of a typed code; `null`: invalid. */
export function digitsOf({ digits }: Code, text: string): Readonly<Record<string, number>> | null {
  const typed = text.trim();
  if (!/^\d+$/.test(typed) || typed.length !== digits.length) return null;
  const read = digits.map(({ name, min, max }, at) => ({ name, min, max, value: Number(typed[at]) }));
  return read.every(({ min, max, value }) => value >= min && value <= max)
    ? Object.fromEntries(read.map(({ name, value }) => [name, value]))
    : null;
}

/** The form with a typed code. The scales follow as soon as it is valid. */
export const withCode = (filled: Filled, code: Code, text: string): Filled => ({
  ...filled,
  ...digitsOf(code, text),
  [code.name]: text,
});

/** The form with the usual code of the chosen product, if it has one. */
export function withProductCode(filled: Filled, codes: readonly Code[], fastcode: string | null): Filled {
  const code = codes.find(({ name }) => name === 'fastcode');
  return fastcode === null || code === undefined ? filled : withCode(filled, code, fastcode);
}

/** The form with the only known product, if its field is empty. */
export function withOnlyProduct(
  fields: readonly FormField[],
  codes: readonly Code[],
  filled: Filled,
  known: readonly Pick<KnownProduct, 'productId' | 'fastcode'>[],
): Filled {
  const field = fields.find((one) => one.kind === 'number' && one.suggests === 'products' && !one.hidden);
  const [only, ...others] = known;
  if (field === undefined || only === undefined || others.length > 0 || filled[field.name] !== '')
    return filled;
  return withProductCode({ ...filled, [field.name]: String(only.productId) }, codes, only.fastcode);
}

/** The form with a changed scale, which replaces a typed code. */
export function withStep(filled: Filled, codes: readonly Code[], name: string, step: number): Filled {
  const {
    [codes.find(({ digits }) => digits.some((digit) => digit.name === name))?.name ?? '']: _,
    ...others
  } = filled;
  return { ...others, [name]: step };
}

/** The command's input; `null`: a member is missing or invalid. */
export function readFilled(
  name: CommandName,
  fields: readonly FormField[],
  filled: Filled,
): JsonObject | null {
  if (codesOf(fields).some((code) => digitsOf(code, codeText(code, filled)) === null)) return null;
  const input = Object.fromEntries(fields.map((field) => [field.name, valueOf(field, filled[field.name])]));
  const parsed = rowOf(name).input.safeParse(input);
  return parsed.success ? (parsed.data as JsonObject) : null;
}
