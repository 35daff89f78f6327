/** Derives the form of a command from its schema: kind, limits and initial value of each member. */
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../model/json';
import type { MachineConfig } from '../../model/machineSettings';

interface Hints {
  /** Initial value of the form; empty without it. */
  readonly initial?: string | number | boolean;
  /** Suggestions: products that this machine is known to sell. */
  readonly suggests?: 'products';
  /** For a scale: the code that contains it as a digit, in member order. The code may be typed as well. */
  readonly digitOf?: string;
  /** May be typed after a number. */
  readonly unit?: string;
  /** Maximum number of values. */
  readonly most?: number;
  /** Not shown; sent with its initial value. */
  readonly hidden?: true;
  /** The machine setting that replaces the initial value if a person has chosen one. */
  readonly setting?: keyof MachineConfig;
}
const hints = z.registry<Hints>();

/** Attaches form hints to a member's schema. */
export const asked = <Schema extends z.ZodType>(schema: Schema, given: Hints): Schema => {
  hints.add(schema, given);
  return schema;
};

interface Base {
  readonly name: string;
  readonly hidden: boolean;
  readonly setting: keyof MachineConfig | null;
}
export type FormField = Base &
  (
    | {
        readonly kind: 'number';
        readonly min: number;
        readonly max: number;
        readonly initial: number | null;
        readonly suggests: 'products' | null;
        readonly unit: string;
      }
    /** Several whole numbers, up to `most`. */
    | {
        readonly kind: 'numbers';
        readonly min: number;
        readonly max: number;
        readonly most: number;
        readonly initial: null;
        readonly suggests: 'products' | null;
      }
    /** A short range of whole numbers, all shown. */
    | {
        readonly kind: 'scale';
        readonly min: number;
        readonly max: number;
        readonly initial: number;
        readonly digitOf: string | null;
      }
    | { readonly kind: 'choice'; readonly options: readonly string[]; readonly initial: string }
    | { readonly kind: 'text'; readonly max: number; readonly initial: string }
    | { readonly kind: 'flag'; readonly initial: boolean }
  );

/** Ranges with more steps become a text field. */
const scaleSteps = 10;

/** `null`: a member needs a form of its own. */
export function fieldsOf(schema: z.ZodObject): readonly FormField[] | null {
  const fields: FormField[] = [];
  for (const [name, member] of Object.entries<z.ZodType>(schema.shape)) {
    const field = fieldOf(name, member);
    if (field === null) return null;
    fields.push(field);
  }
  return fields;
}

function fieldOf(name: string, member: z.ZodType): FormField | null {
  const {
    initial,
    suggests = null,
    digitOf = null,
    unit = '',
    most = 1,
    hidden = false,
    setting = null,
  } = hints.get(member) ?? {};
  const base = { name, hidden, setting };
  if (member instanceof z.ZodNumber) {
    const { minValue, maxValue } = member;
    if (minValue === null || maxValue === null) return null;
    const range = { min: minValue, max: maxValue };
    const number = typeof initial === 'number' ? initial : null;
    return range.max - range.min < scaleSteps
      ? { ...base, kind: 'scale', ...range, initial: number ?? range.min, digitOf }
      : { ...base, kind: 'number', ...range, initial: number, suggests, unit };
  }
  if (member instanceof z.ZodArray && member.element instanceof z.ZodNumber) {
    const { minValue, maxValue } = member.element;
    if (minValue === null || maxValue === null) return null;
    return { ...base, kind: 'numbers', min: minValue, max: maxValue, most, initial: null, suggests };
  }
  if (member instanceof z.ZodEnum) {
    const options = member.options.map(String);
    return { ...base, kind: 'choice', options, initial: String(initial ?? options[0] ?? '') };
  }
  if (member instanceof z.ZodBoolean) return { ...base, kind: 'flag', initial: initial === true };
  if (member instanceof z.ZodString) {
    const { maxLength } = member;
    return maxLength === null
      ? null
      : { ...base, kind: 'text', max: maxLength, initial: String(initial ?? '') };
  }
  return null;
}

/** Initial values of a form. */
export function initialOf(fields: readonly FormField[]): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));
}

/** The initial values that a person has chosen for the machine. */
export function chosenOf(fields: readonly FormField[], config: MachineConfig): JsonObject {
  return Object.fromEntries(
    fields.flatMap(({ name, setting }) => {
      const chosen = setting === null ? null : config[setting];
      return chosen === null ? [] : [[name, chosen]];
    }),
  );
}
