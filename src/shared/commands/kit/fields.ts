/** The form of a command as it follows from its schema: what a member is, its limits and what it begins with. */
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../model/json';
import type { MachineConfig } from '../../model/machineConfig';

interface Hints {
  /** What the form begins with; none: it is empty. */
  readonly initial?: string | number | boolean;
  /** What is offered beside it: products this machine is known to sell. */
  readonly suggests?: 'products';
  /** Of a scale: the code in which it is a digit, in the order of the members; it may be typed as well. */
  readonly digitOf?: string;
  /** May be typed after a number. */
  readonly unit?: string;
  /** Of several: how many. */
  readonly most?: number;
  /** Not asked; it goes out with what it begins with. */
  readonly hidden?: true;
  /** What it begins with where a person has chosen that for the machine. */
  readonly setting?: keyof MachineConfig;
}
const hints = z.registry<Hints>();

/** Says how a member is asked for. */
export const asked = <Schema extends z.ZodType>(schema: Schema, said: Hints): Schema => {
  hints.add(schema, said);
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
    /** Several whole numbers, as many as `most`. */
    | {
        readonly kind: 'numbers';
        readonly min: number;
        readonly max: number;
        readonly most: number;
        readonly initial: null;
        readonly suggests: 'products' | null;
      }
    /** A few whole numbers, all of them shown. */
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

/** More steps than this are typed. */
const scaleSteps = 10;

/** `null`: it has a member that only a form of its own can ask for. */
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

/** What a form begins with. */
export function initialOf(fields: readonly FormField[]): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));
}

/** The part of it that a person has chosen for the machine. */
export function chosenOf(fields: readonly FormField[], config: MachineConfig): JsonObject {
  return Object.fromEntries(
    fields.flatMap(({ name, setting }) => {
      const chosen = setting === null ? null : config[setting];
      return chosen === null ? [] : [[name, chosen]];
    }),
  );
}
