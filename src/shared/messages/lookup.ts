/** Queries over the rows of a command and its members: for the window, the filter and messages written by hand. */
import type { Direction } from '../model/wire';
import type { MachineMessage } from '../model/message';
import {
  fold,
  text,
  type Field,
  type Inner,
  type Names,
  type Place,
  type Secrecy,
  type Source,
} from './field';
import { vmcNo } from './common';
import { messages } from './index';
import type { Role } from './row';

type Row = (typeof messages)[number];
type MeaningsIn<F> = {
  [K in keyof F & string]: F[K] extends { readonly means: infer M; readonly each?: infer E }
    ? ([Exclude<M, null>] extends [never] ? K : Exclude<M, null>) | InnerMeaning<NonNullable<E>>
    : never;
}[keyof F & string];
type InnerMeaning<E> = E extends { readonly means: infer M } ? M : never;
type MeaningsOf<R> = R extends Row ? MeaningsIn<R['fields']> : never;

/** Keys of the members' meanings: `field.<name>.means`. Members of several messages may share one. */
export type MeaningName = MeaningsOf<Row> | 'cmd' | 'padding';

/** A member of a message with its meaning and source, its own or inherited from the message. */
export interface FieldRow extends Field {
  readonly means: MeaningName;
  readonly source: Source;
  readonly each?: Inner<MeaningName>;
}

export interface MessageRow {
  readonly direction: Direction;
  readonly names: Names;
  readonly source: Source;
  readonly fields: readonly FieldRow[];
}

// All keys are in MeaningName, because both come from the same rows.
const fieldRow = (key: string, field: Field, source: Source): FieldRow =>
  ({ ...field, means: field.means ?? key, source: field.source ?? source }) as FieldRow;

/** All messages, with their fields as a list. */
export const messageRows: readonly MessageRow[] = messages.map(({ direction, names, source, fields }) => ({
  direction,
  names,
  source,
  fields: Object.entries<Field>(fields).map(([key, field]) => fieldRow(key, field, source)),
}));

/** The members in `everywhere`, with their meanings. */
const inAll: readonly FieldRow[] = [
  fieldRow('cmd', text('cmd'), 'doc'),
  fieldRow('padding', text('padding'), 'field'),
];
const ownNumber = fieldRow('vmcNo', vmcNo('field'), 'field');

const byName = new Map<string, readonly MessageRow[]>();
for (const row of messageRows)
  for (const name of row.names) byName.set(name, [...(byName.get(name) ?? []), row]);

/** All commands, in row order. */
export const commandWords: readonly string[] = [...byName.keys()];

/** The messages with this name, ignoring case: at most one per direction. */
export function rowsOf(cmd: string): readonly MessageRow[] {
  return byName.get(cmd.trim().toLowerCase()) ?? [];
}

export function messageRow(cmd: string, direction: Direction): MessageRow | null {
  return rowsOf(cmd).find((row) => row.direction === direction) ?? null;
}

/** The sender of a command; `null`: both, or unknown. A machine's answer under the question's name does not count. */
export function speakerOf(cmd: string): Direction | null {
  const rows = rowsOf(cmd);
  const own = rows.filter(({ names }) => names[0] === cmd.toLowerCase());
  const [only, other] = own.length > 0 ? own : rows;
  return only === undefined || other !== undefined ? null : only.direction;
}

const inEither = new Map<string, readonly FieldRow[]>();
for (const [name, rows] of byName) inEither.set(name, [...rows.flatMap((row) => row.fields), ...inAll]);
const inUnknown: readonly FieldRow[] = [...inAll, ownNumber];

function fieldsOf(cmd: string | null, direction: Direction | undefined): readonly FieldRow[] {
  if (cmd === null) return inUnknown;
  if (direction === undefined) return inEither.get(cmd.trim().toLowerCase()) ?? inUnknown;
  const row = messageRow(cmd, direction);
  return row === null ? inUnknown : [...row.fields, ...inAll];
}

/** The member with this name, in either direction by default. */
export function fieldOf(cmd: string | null, name: string, direction?: Direction): FieldRow | null {
  const fields = fieldsOf(cmd, direction);
  const wanted = fold(name);
  return (
    fields.find(({ names }) => names.includes(name)) ??
    fields.find(({ names }) => names.some((one) => fold(one) === wanted)) ??
    fields.find(({ pattern }) => pattern?.test(name) === true) ??
    null
  );
}

const secret = new Map<string, Secrecy>();
for (const { names, secrecy } of messageRows.flatMap(({ fields }) => fields))
  if (secrecy !== undefined) for (const name of names) secret.set(fold(name), secrecy);

/** Whether members with this name are private, in every message; `null`: no. */
export const secrecyOf = (name: string): Secrecy | null => secret.get(fold(name)) ?? null;

/** A value's meaning, source and usual values. */
export interface FieldMeaning extends Place<MeaningName> {
  readonly source: Source;
}

/** The meaning of a member: `['Amount']`, `['supply', '10009']`, `['price', 0, 1]`; `null`: unknown. */
export function fieldMeaning(cmd: string | null, path: readonly (string | number)[]): FieldMeaning | null {
  const [name, ...inner] = path;
  const field = typeof name === 'string' ? fieldOf(cmd, name) : null;
  if (field === null) return null;
  const place = inner.length === 0 ? field : placeIn(field.each, inner);
  return place === null ? null : { ...place, source: field.source };
}

function placeIn(
  each: Inner<MeaningName> | undefined,
  [, place, ...deeper]: readonly (string | number)[],
): Place<MeaningName> | null {
  if (each === undefined || deeper.length > 0) return null;
  if (place === undefined) return each;
  return (typeof place === 'number' ? each.places?.[place] : undefined) ?? null;
}

/** All values of all messages, including inner ones. */
export const everyPlace: readonly Place<MeaningName>[] = [
  ...inAll,
  ...messageRows.flatMap(({ fields }) => fields),
].flatMap((field): readonly Place<MeaningName>[] =>
  field.each === undefined ? [field] : [field, field.each].concat(field.each.places ?? []),
);

/** The labelled values that a member may have in some message, with their meaning; `null`: several meanings. */
export function valuesOfMember(name: string): ReadonlyMap<string, MeaningName | null> {
  const wanted = fold(name);
  const found = new Map<string, MeaningName | null>();
  for (const { names, means, values = [] } of messageRows.flatMap(({ fields }) => fields))
    if (names.some((one) => fold(one) === wanted))
      for (const value of values)
        found.set(value, !found.has(value) || found.get(value) === means ? means : null);
  return found;
}

const foldedNames = new Map<MeaningName, readonly string[]>();
for (const { names, means } of [...inAll, ...messageRows.flatMap(({ fields }) => fields)])
  foldedNames.set(means, [...(foldedNames.get(means) ?? []), ...names.map(fold)]);

/** The folded names of the members with one of these meanings in some message. */
export const namesMeaning = (...meanings: readonly MeaningName[]): ReadonlySet<string> =>
  new Set(meanings.flatMap((means) => foldedNames.get(means) ?? []));

const roles: Readonly<Record<Role, readonly string[]>> = {
  heartbeat: namesIn('heartbeat'),
  login: namesIn('login'),
  fault: namesIn('fault'),
};
function namesIn(wanted: Role): readonly string[] {
  return [...new Set(messages.flatMap(({ role, names }) => (role === wanted ? names : [])))];
}

/** The lower-case names of the messages with this role. */
export const namesInRole = (role: Role): readonly string[] => roles[role];

/** By the received name, ignoring case. */
export const isInRole = (cmd: string | null, role: Role): boolean =>
  cmd !== null && (roles[role].includes(cmd) || roles[role].includes(cmd.toLowerCase()));

type CmdIn<R extends Role> = Extract<Row, { readonly direction: 'in'; readonly role: R }>['cmd'];

/** The same for a parsed message of a machine. */
export const plays = <R extends Role>(
  message: MachineMessage,
  role: R,
): message is Extract<MachineMessage, { readonly cmd: CmdIn<R> }> => roles[role].includes(message.cmd);

interface Pair {
  /** Direction of the question: `in` from the machine, `out` from the server. */
  readonly asks: Direction;
  readonly question: string;
  readonly answer: string;
}

const pairs: readonly Pair[] = messages.flatMap((row): readonly Pair[] => {
  const answers = row.direction === 'out' ? row.answeredBy : row.answer === null ? [] : [row.answer.with];
  return answers.flatMap((answer) =>
    row.names.map((question) => ({ asks: row.direction, question, answer })),
  );
});

/** By direction and command of the frame. */
function pairedWith(
  of: (pair: Pair) => { readonly dir: Direction; readonly cmd: string; readonly other: string },
): (dir: Direction, cmd: string) => readonly string[] {
  const found = { in: new Map<string, string[]>(), out: new Map<string, string[]>() };
  for (const { dir, cmd, other } of pairs.map(of))
    found[dir].set(cmd, [...(found[dir].get(cmd) ?? []), other]);
  return (dir, cmd) => found[dir].get(cmd) ?? [];
}

/** Commands that answer this frame. */
export const answersTo = pairedWith(({ asks, question, answer }) => ({
  dir: asks,
  cmd: question,
  other: answer,
}));

/** Commands that this frame may answer. */
export const questionsOf = pairedWith(({ asks, question, answer }) => ({
  dir: asks === 'in' ? 'out' : 'in',
  cmd: answer,
  other: question,
}));

/** The names, in lower case, of messages that carry an order number. */
export const namesWithOrderNo: ReadonlySet<string> = new Set(
  messageRows.flatMap(({ names, fields }) =>
    fields.some(({ means }) => means === 'orderNo') ? names.map((name) => name.toLowerCase()) : [],
  ),
);
