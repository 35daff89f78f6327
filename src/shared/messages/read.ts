/**
 * Converts a body's object to a typed message, by the row of its command. Each row is compiled to a plan once, and each body is traversed
 * once. Members match any of their spellings; case and `_` are ignored if no spelling matches exactly.
 */
import type { JsonObject, JsonValue } from '../model/json';
import type { MachineMessage, Message, ServerMessage, UnknownMessage } from '../model/message';
import type { Direction } from '../model/wire';
import { everywhere, vmcNo } from './common';
import { fold, toText, toWords, type Field, type Source } from './field';
import { messages } from './index';
import { longestText, shortened, shortMembers } from './longest';
import type { ReaderFinding } from './row';

interface Row {
  readonly direction: Direction;
  readonly cmd: string;
  readonly source: Source;
  readonly fields: Readonly<Record<string, Field>>;
}

interface Plan {
  readonly cmd: string;
  readonly fields: readonly Planned[];
  readonly exact: ReadonlySet<string>;
  readonly folded: ReadonlyMap<string, number>;
  /** The field for every other member whose name matches. */
  readonly rest: { readonly key: string; readonly pattern: RegExp } | null;
  /** Values of the current body, by field. Reading is never nested. */
  readonly values: (JsonValue | undefined)[];
}

interface Planned {
  readonly key: string;
  readonly names: readonly string[];
  /** Name in findings. */
  readonly name: string;
  readonly read: (value: JsonValue) => unknown;
  /** Characters read of a text, and of each member of an object. Texts of servers and of Crema are read completely. */
  readonly longest: number;
  readonly isRequired: boolean;
  readonly isJudged: boolean;
  readonly mayBeBlank: boolean;
  /** Fields whose presence makes this one optional and unchecked. */
  readonly unlessWith: readonly number[];
}

function planOf({ direction, cmd, source: rowSource, fields }: Row): Plan {
  const all = Object.entries(fields);
  const rest = all.find(([, { pattern }]) => pattern !== undefined);
  const named = all.filter((entry) => entry !== rest);
  const keys = named.map(([key]) => key);
  const exact = new Set<string>(everywhere);
  const folded = new Map<string, number>(everywhere.map((name) => [name, -1]));
  named.forEach(([, { names }], at) => {
    for (const name of names) {
      exact.add(name);
      if (!folded.has(fold(name))) folded.set(fold(name), at);
    }
  });
  return {
    cmd,
    fields: named.map(([key, { names, source = rowSource, unlessWith = [], ...field }]) => ({
      key,
      names,
      name: names[0],
      read: field.read,
      longest: direction === 'in' ? longestOf(field) : Infinity,
      isRequired: field.required ?? source === 'doc',
      isJudged: source === 'doc' || field.required === true || field.judged === true,
      mayBeBlank: field.mayBeBlank === true,
      unlessWith: unlessWith.map((other) => keys.indexOf(other)),
    })),
    exact,
    folded,
    rest: rest?.[1].pattern === undefined ? null : { key: rest[0], pattern: rest[1].pattern },
    values: named.map(() => undefined),
  };
}

const longestOf = ({ type, longest = longestText }: Pick<Field, 'type' | 'longest'>): number =>
  type === 'text' || type === 'object' ? (longest ?? Infinity) : Infinity;

/** `value`: as received. */
function bounded(read: unknown, value: JsonValue, longest: number): unknown {
  if (typeof read === 'string')
    return typeof value === 'string' && value.length > longest ? shortened(read, longest) : read;
  return typeof read === 'object' && read !== null && longest !== Infinity
    ? shortMembers(read as Readonly<Record<string, string>>)
    : read;
}

/** The typed body. Appends its findings to `findings`. */
function readBody(plan: Plan, json: JsonObject, findings: ReaderFinding[]): unknown {
  const { fields, values } = plan;
  // Every message has the number, and most frames have nothing else.
  const body: Record<string, unknown> = { cmd: plan.cmd, vmcNo: null };
  for (let at = 0; at < fields.length; at += 1) {
    const { names } = fields[at] as Planned;
    let value: JsonValue | undefined;
    for (let n = 0; n < names.length && value === undefined; n += 1) {
      const name = names[n] as string;
      if (Object.hasOwn(json, name)) value = json[name];
    }
    values[at] = value;
  }
  const { rest, unknown } = readOthers(plan, json);
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] as Planned;
    const value = values[at];
    let read: unknown = null;
    if (value !== undefined) {
      read = field.read(value);
      if (typeof value === 'object' || (typeof value === 'string' && value.length > field.longest))
        read = bounded(read, value, field.longest);
      if (read === null && field.isJudged && !isExcused(plan, field) && !(field.mayBeBlank && isBlank(value)))
        findings.push(invalid(field.name, value));
    } else if (field.isRequired && !isExcused(plan, field)) findings.push(missing(field.name));
    if (at === 0) body['vmcNo'] = read;
    else body[field.key] = read;
  }
  const [field] = unknown;
  if (field !== undefined)
    findings.push({ code: 'field.unknown', params: { field: field.slice(0, 60), count: unknown.length } });
  if (plan.rest !== null)
    // fromEntries defines members, so `__proto__` is an ordinary one
    body[plan.rest.key] = shortMembers(Object.fromEntries(rest));
  return body;
}

/** Members without a field of their own. */
interface Others {
  /** Members matched by the plan's pattern. */
  readonly rest: readonly (readonly [string, string])[];
  /** Unknown names. */
  readonly unknown: readonly string[];
}
const noOthers: Others = { rest: [], unknown: [] };

function readOthers(plan: Plan, json: JsonObject): Others {
  const { exact, folded, rest, values } = plan;
  let others: { rest: [string, string][]; unknown: string[] } | null = null;
  for (const name in json) {
    if (exact.has(name)) continue;
    const at = folded.get(fold(name));
    if (at !== undefined) {
      if (at >= 0 && values[at] === undefined) values[at] = json[name];
      continue;
    }
    others ??= { rest: [], unknown: [] };
    if (rest?.pattern.test(name) !== true) others.unknown.push(name);
    else {
      const written = toWords(json[name] ?? null);
      if (written !== null) others.rest.push([name, written]);
    }
  }
  return others ?? noOthers;
}

const isBlank = (value: JsonValue): boolean => typeof value === 'string' && value.trim() === '';

const isExcused = ({ values }: Plan, { unlessWith }: Planned): boolean =>
  unlessWith.some((other) => values[other] !== undefined);

const missing = (field: string): ReaderFinding => ({ code: 'field.missing', params: { field } });

function invalid(field: string, value: JsonValue): ReaderFinding {
  const shown =
    typeof value === 'number' || typeof value === 'string' ? String(value) : JSON.stringify(value);
  return { code: 'field.invalid', params: { field, value: shown.slice(0, 60) } };
}

/** The member with this name; case and `_` are ignored if there is no exact match. */
export function memberOf(json: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(json, name)) return json[name];
  let value: JsonValue | undefined;
  for (const key of Object.keys(json)) if (fold(key) === name.replaceAll('_', '')) value = json[key];
  return value;
}

export interface Read<M> {
  readonly message: M;
  readonly findings: readonly ReaderFinding[];
}

const plansOf = (wanted: Direction): ReadonlyMap<string, Plan> =>
  new Map(
    messages
      .filter(({ direction }) => direction === wanted)
      .flatMap((row) => {
        const plan = planOf(row);
        return row.names.map((name) => [name, plan] as const);
      }),
  );
const fromMachines = plansOf('in');
const toMachines = plansOf('out');

const none: readonly ReaderFinding[] = [];
const unreadable: Read<UnknownMessage> = {
  message: { cmd: 'unknown', name: null, vmcNo: null },
  findings: none,
};

/**
 * Reads a message of a machine (`in`) or a server (`out`). Findings: `field.missing` and `field.invalid` for required members (and for a bad
 * `vmc_no` everywhere), `field.unknown` for members without a row, `cmd.unknown`. `null` (an unreadable body) becomes an unknown message
 * without findings.
 */
export function readMessage(json: JsonObject | null, direction: 'in'): Read<MachineMessage>;
export function readMessage(json: JsonObject | null, direction: 'out'): Read<ServerMessage>;
export function readMessage(
  json: JsonObject | null,
  direction: Direction,
): Read<MachineMessage | ServerMessage> {
  if (json === null) return unreadable;
  const cmd = memberOf(json, 'cmd');
  const known = direction === 'in' ? fromMachines : toMachines;
  let plan = typeof cmd === 'string' ? known.get(cmd) : undefined;
  let name: string | null = null;
  if (plan === undefined) {
    name = toText(cmd ?? null);
    plan = name === null ? undefined : known.get(name.toLowerCase());
  }
  const findings: ReaderFinding[] = [];
  const message =
    plan === undefined
      ? readUnknown(json, cmd, name, findings)
      : // The plan belongs to the row with this `cmd`, so the body has the type BodyOf.
        (readBody(plan, json, findings) as MachineMessage | ServerMessage);
  return { message, findings: findings.length === 0 ? none : findings };
}

const number = vmcNo('field');

function readUnknown(
  json: JsonObject,
  cmd: JsonValue | undefined,
  name: string | null,
  findings: ReaderFinding[],
): UnknownMessage {
  if (name !== null) findings.push({ code: 'cmd.unknown', params: { cmd: name.slice(0, 60) } });
  else findings.push(cmd === undefined ? missing('cmd') : invalid('cmd', cmd));
  const value = memberOf(json, 'vmc_no');
  const read = value === undefined ? null : number.read(value);
  if (value !== undefined && read === null) findings.push(invalid('vmc_no', value));
  return { cmd: 'unknown', name, vmcNo: read };
}

/** The same, with the sender in the message. */
export function messageOf(
  json: JsonObject | null,
  direction: Direction,
): { readonly message: Message; readonly findings: readonly ReaderFinding[] } {
  if (direction === 'in') {
    const { message: body, findings } = readMessage(json, direction);
    return { message: { from: 'machine', body }, findings };
  }
  const { message: body, findings } = readMessage(json, direction);
  return { message: { from: 'server', body }, findings };
}
