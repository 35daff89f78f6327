/**
 * Rows of a table of settings (settings.ts, machineSettings.ts). A table defines values, defaults and the changes allowed to the window
 * (contract/requests). Stored values are read by it (main/lib/settings/store.ts). It also defines the controls of the screen and the keys of
 * their texts (locales/<language>/settings.ts).
 */
import { z } from 'zod';

/** The control on the screen. */
export type Control =
  /** `automatic`: also offers `auto`, stored as `null`. `asks`: values that need confirmation. */
  | {
      readonly kind: 'choice';
      readonly values: readonly string[];
      readonly automatic: boolean;
      readonly asks: readonly string[];
    }
  /** `lines`: several lines allowed. `usual`: suggestions. */
  | {
      readonly kind: 'text';
      readonly maxLength: number;
      readonly lines: boolean;
      readonly usual: readonly string[];
    }
  /** A whole number. */
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  /** A form of its own: on the page of its section (features/settings/forms), or on another screen without a section. */
  | { readonly kind: 'form' }
  /** No control: another request changes it. */
  | { readonly kind: 'none' };

/** A page of the Settings screen. */
export type SettingSection = 'window' | 'listen' | 'notices' | 'journal' | 'products';

export interface SettingRow<Schema extends z.ZodType = z.ZodType, C extends Control = Control> {
  readonly schema: Schema;
  readonly initial: z.infer<Schema>;
  readonly control: C;
  /** `null`: no page. */
  readonly section: SettingSection | null;
  /** Support files never contain the value. */
  readonly isSecret?: boolean;
  /** The part of the value for support files, if only some of it is secret. */
  readonly handedOn?: (value: never) => unknown;
}
export type SettingRows = Readonly<Record<string, SettingRow>>;
export type SettingValues<Rows extends SettingRows> = {
  readonly [Key in keyof Rows]: z.infer<Rows[Key]['schema']>;
};
type Changeable<Rows extends SettingRows> = {
  [Key in keyof Rows]: Rows[Key]['control'] extends { readonly kind: 'none' } ? never : Key;
}[keyof Rows];
export type SettingPatch<Rows extends SettingRows> = Partial<Pick<SettingValues<Rows>, Changeable<Rows>>>;

interface ChoiceOptions<Asks extends string> {
  readonly section?: SettingSection;
  readonly asks?: readonly Asks[];
}

export function choice<const Value extends string, const Asks extends NoInfer<Value> = never>(
  values: readonly Value[],
  initial: NoInfer<Value>,
  { section, asks = [] }: ChoiceOptions<Asks> = {},
) {
  const control = { kind: 'choice', values, automatic: false, asks } as const;
  return { schema: z.enum(values), initial, control, section: section ?? null } as const;
}

/** One of the values, or `null`: automatic. */
export function automaticChoice<const Value extends string, const Asks extends NoInfer<Value> = never>(
  values: readonly Value[],
  { section, asks = [] }: ChoiceOptions<Asks> = {},
) {
  const control = { kind: 'choice', values: ['auto', ...values], automatic: true, asks } as const;
  return { schema: z.enum(values).nullable(), initial: null, control, section: section ?? null } as const;
}

interface TextOptions {
  readonly section?: SettingSection;
  readonly lines?: boolean;
  readonly usual?: readonly string[];
  readonly initial?: string;
}

export const text = (
  maxLength: number,
  { section, lines = false, usual = [], initial = '' }: TextOptions = {},
) =>
  ({
    schema: z.string().trim().max(maxLength),
    initial,
    control: { kind: 'text', maxLength, lines, usual },
    section: section ?? null,
  }) as const;

export const whole = (
  min: number,
  max: number,
  initial: number,
  { section }: { readonly section?: SettingSection } = {},
) =>
  ({
    schema: z.int().min(min).max(max),
    initial,
    control: { kind: 'whole', min, max },
    section: section ?? null,
  }) as const;

export const ownForm = <Schema extends z.ZodType>(
  schema: Schema,
  initial: z.infer<Schema>,
  { section }: { readonly section?: SettingSection } = {},
) => ({ schema, initial, control: { kind: 'form' }, section: section ?? null }) as const;

export const changedElsewhere = <Schema extends z.ZodType>(schema: Schema, initial: z.infer<Schema>) =>
  ({ schema, initial, control: { kind: 'none' }, section: null }) as const;

export function defaultsOf<Rows extends SettingRows>(rows: Rows): SettingValues<Rows> {
  const values = Object.entries(rows).map(([key, { initial }]) => [key, initial] as const);
  return Object.fromEntries(values) as SettingValues<Rows>;
}

/** The changes allowed to the window: the rows with a control, nothing else. */
export function patchOf<Rows extends SettingRows>(rows: Rows): z.ZodType<SettingPatch<Rows>> {
  const shape = Object.entries(rows)
    .filter(([, { control }]) => control.kind !== 'none')
    .map(([key, { schema }]) => [key, schema.exactOptional()] as const);
  return z.strictObject(Object.fromEntries(shape)) as unknown as z.ZodType<SettingPatch<Rows>>;
}

export interface StoredSettings<Rows extends SettingRows> {
  readonly values: SettingValues<Rows>;
  /** One line per invalid stored value. */
  readonly problems: readonly string[];
}

/** Reads stored settings. Invalid values become the default of their key, and the others stay. */
export function readSettings<Rows extends SettingRows>(rows: Rows, stored: unknown): StoredSettings<Rows> {
  const isObject = typeof stored === 'object' && stored !== null;
  const found: Readonly<Record<string, unknown>> = isObject ? { ...stored } : {};
  const problems =
    isObject || stored === undefined ? [] : [`${short(stored)} is stored; the defaults are used`];
  const values = Object.entries(rows).map(([key, { schema, initial }]): readonly [string, unknown] => {
    if (!Object.hasOwn(found, key)) return [key, initial];
    const read = schema.safeParse(found[key]);
    if (read.success) return [key, read.data];
    problems.push(`${key} is ${short(found[key])}, which is not possible; ${short(initial)} is used`);
    return [key, initial];
  });
  return { values: Object.fromEntries(values) as SettingValues<Rows>, problems };
}

/** Keys with invalid stored values; all of them if the stored value is not an object. */
export function unfitKeys(rows: SettingRows, stored: unknown): readonly string[] {
  if (stored === undefined) return [];
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return Object.keys(rows);
  const found = new Map<string, unknown>(Object.entries(stored));
  return Object.entries(rows).flatMap(([key, { schema }]) =>
    found.has(key) && !schema.safeParse(found.get(key)).success ? [key] : [],
  );
}

/** Placeholder for a secret in a support file. */
export const withheldText = '[withheld]';

/** Values for a support file: only those of the rows, without secrets. */
export function withoutSecrets(
  rows: SettingRows,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const shown = Object.entries(rows).map(([key, { isSecret, handedOn }]): readonly [string, unknown] => {
    if (isSecret === true) return [key, withheldText];
    // The row's own value, whose type the general table does not know.
    return [key, handedOn === undefined ? values[key] : handedOn(values[key] as never)];
  });
  return Object.fromEntries(shown) as Readonly<Record<string, unknown>>;
}

function short(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length <= 60 ? json : `${json.slice(0, 59)}…`;
}
