/** Values that a schema takes and values that it refuses, from its JSON Schema: every limit and each member of an object. */
import fc from 'fast-check';
import { z } from 'zod';

interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly items?: Node;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
}

interface Cases {
  /** The first one has all members of an object. */
  readonly takes: readonly unknown[];
  readonly refuses: readonly unknown[];
}

export const casesOf = (schema: z.ZodType): Cases =>
  // A JSON Schema has more members than those that count here.
  of(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Node);

/** One value that the schema takes. */
export const exampleOf = (schema: z.ZodType): unknown => casesOf(schema).takes[0];

function of(node: Node): Cases {
  const branches = node.anyOf ?? node.oneOf;
  if (branches !== undefined) return ofBranches(branches);
  const values = node.enum ?? ('const' in node ? [node.const] : null);
  if (values !== null) return { takes: values, refuses: ['none of them', true, 7.5, null] };
  switch (node.type) {
    case 'null':
      return { takes: [null], refuses: ['none of them', true, 7.5] };
    case 'boolean':
      return { takes: [true, false], refuses: ['true', 1, null] };
    case 'string':
      return ofText(node);
    case 'integer':
    case 'number':
      return ofNumber(node);
    case 'array':
      return ofList(node);
    case 'object':
      return ofObject(node);
    default:
      return { takes: [undefined], refuses: [] };
  }
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** A branch refuses a value for all others if none of them has its type. */
function ofBranches(branches: readonly Node[]): Cases {
  const all = branches.map(of);
  const refuses = all.flatMap((own) =>
    own.refuses.filter((value) =>
      all.every((other) => other === own || other.takes.every((taken) => kindOf(taken) !== kindOf(value))),
    ),
  );
  return { takes: all.flatMap(({ takes }) => takes), refuses };
}

function ofText({ pattern, minLength = 0, maxLength }: Node): Cases {
  if (pattern !== undefined) {
    const takes = fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 3, seed: 1 });
    return { takes, refuses: [7, null] };
  }
  const takes = ['大'.repeat(Math.max(minLength, 1)), 'x'.repeat(maxLength ?? 9)];
  const refuses: readonly unknown[] = [
    7,
    null,
    ...(minLength > 0 ? ['x'.repeat(minLength - 1)] : []),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
  ];
  return { takes, refuses };
}

function ofNumber({ type, minimum, exclusiveMinimum, maximum }: Node): Cases {
  const least = minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1);
  const most = maximum ?? least + 1;
  return {
    takes: [least, most],
    refuses: [least - 1, most + 1, String(least), null, ...(type === 'integer' ? [least + 0.5] : [])],
  };
}

function ofList({ items = {}, minItems = 0, maxItems }: Node): Cases {
  const { takes, refuses } = of(items);
  const many = (count: number): readonly unknown[] => Array.from({ length: count }, () => takes[0]);
  return {
    takes: [many(Math.max(minItems, 1)), many(minItems)],
    refuses: [
      null,
      'none of them',
      ...refuses.map((item) => [item]),
      ...(minItems > 0 ? [many(minItems - 1)] : []),
      ...(maxItems === undefined ? [] : [many(maxItems + 1)]),
    ],
  };
}

function ofObject({ properties = {}, required = [] }: Node): Cases {
  const members = Object.entries(properties).map(([key, node]) => [key, of(node)] as const);
  const whole = Object.fromEntries(members.map(([key, { takes }]) => [key, takes[0]]));
  const withOne = (key: string, value: unknown): unknown => ({ ...whole, [key]: value });
  return {
    takes: [whole, ...members.flatMap(([key, { takes }]) => takes.slice(1).map((v) => withOne(key, v)))],
    refuses: [
      null,
      'none of them',
      ...members.flatMap(([key, { refuses }]) => refuses.map((value) => withOne(key, value))),
      ...required.map((key) => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key))),
    ],
  };
}
