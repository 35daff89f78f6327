/** Values of entries by name: the one meaning for groups, statistics and columns. */
import { isInRole, namesMeaning } from '../messages/lookup';
import type { JsonObject, JsonValue } from '../model/json';
import type { FilterError } from './language/errors';
import type { FilterFacts } from './language/facts';
import { specOf } from './language/fields';
import { formatName } from './language/format';
import { codesOf, severitiesOf } from './language/matchBody';
import { numberOfValue, someAt, textOfValue, valuesOf } from './language/members';
import { codeKey } from './language/patterns';
import { parseFilter } from './language/parse';
import type { FieldName } from './language/tree';

/** Values besides the fields of filters, with their other spellings (lower case). */
const ownNames = {
  /** The program version of the connection's last login. */
  version: ['版本', '程序版本'],
  platform: ['平台'],
  /** The hour and the day by this computer's clock. */
  hour: ['小时', '时'],
  day: ['date', '天', '日', '日期'],
} as const;
type OwnName = keyof typeof ownNames;

export type ValueName =
  | { readonly kind: 'own'; readonly name: OwnName }
  | { readonly kind: 'field'; readonly name: Exclude<FieldName, 'body' | 'fold'> }
  /** `path`: outermost name first. */
  | { readonly kind: 'body'; readonly path: readonly string[] };

export type GroupValue = string | number;

/** The login of an entry's connection. */
export interface KnownLogin {
  readonly version: string | null;
  /** `linux`, `android`; `null`: the login does not show it. */
  readonly platform: string | null;
}
/** Filter facts, and what only values need. */
export interface ValueFacts extends FilterFacts {
  /** `null`: the connection had no login before the entry. */
  readonly login: KnownLogin | null;
}

export type NamedValue =
  | { readonly ok: true; readonly name: ValueName }
  /** `null`: not a single name. */
  | { readonly ok: false; readonly error: FilterError | null };

/** Reads a name as in filters: `cmd`, `machine`, `latency`, `body.Amount`; also `version`, `platform`, `hour`, `day`. */
export function valueNamed(text: string): NamedValue {
  const wanted = text.trim().toLowerCase();
  for (const name of ['version', 'platform', 'hour', 'day'] as const)
    if (name === wanted || ownNames[name].some((each) => each === wanted))
      return { ok: true, name: { kind: 'own', name } };
  const parsed = parseFilter(`${text.trim()}:*`, { now: 0 });
  if (!parsed.ok) return { ok: false, error: parsed.error };
  const { filter } = parsed;
  const isName =
    filter.kind === 'term' &&
    filter.any.length === 1 &&
    filter.any[0]?.is === 'present' &&
    filter.field !== 'fold';
  if (!isName) return { ok: false, error: null };
  const { field, path } = filter;
  if (field === 'body') return { ok: true, name: { kind: 'body', path } };
  return field === 'fold' ? { ok: false, error: null } : { ok: true, name: { kind: 'field', name: field } };
}

/** The usual spelling. */
export const nameText = (name: ValueName): string =>
  name.kind === 'body' ? formatName('body', name.path) : name.name;

/** Values that differ in nearly every entry. Groups by them are refused. */
export const isUnique = (name: ValueName): boolean =>
  name.kind === 'field' && (name.name === 'time' || name.name === 'id' || name.name === 'text');

/** Unit of its numbers: ms since 1970 for `time`; `null`: no numbers. */
export function unitOf(name: ValueName): 'plain' | 'bytes' | 'fen' | 'ms' | 'time' | null {
  if (name.kind === 'own') return name.name === 'hour' || name.name === 'day' ? 'time' : null;
  if (name.kind === 'body') return 'plain';
  if (name.name === 'time') return 'time';
  return specOf(name.name).number;
}

type Reader<T> = (facts: ValueFacts) => readonly T[];
const none: readonly never[] = [];
const one = <T>(value: T | null): readonly T[] => (value === null || value === '' ? none : [value]);

const orderNames = namesMeaning('orderNo');
const priceNames = namesMeaning('price');
const productNames = namesMeaning('productId', 'productName');

/** The values of an entry, in text or as numbers; none if it has none. Lists give several. Equal values are not repeated. */
export function valueReader(name: ValueName): Reader<GroupValue> {
  if (name.kind === 'body') return distinct(ofBody(name.path, singleOf));
  switch (name.name) {
    case 'version':
      return ({ login }) => one(login?.version ?? null);
    case 'platform':
      return ({ login }) => one(login?.platform ?? null);
    case 'hour':
      return ({ at }) => [startOfHour(at)];
    case 'day':
      return ({ at }) => [startOfDay(at)];
    case 'time':
      return ({ at }) => [at];
    case 'vmc':
      return ({ vmcNo }) => one(vmcNo);
    case 'dir':
      return ({ dir }) => one(dir);
    case 'cmd':
      return ({ cmd }) => one(cmd);
    case 'size':
      return ({ size }) => [size];
    case 'head':
      return ({ head, kind }) => one(head ?? (kind === 'frame' ? 'none' : null));
    case 'seq':
      return ({ sequence }) => one(sequence);
    case 'conn':
      return ({ conn }) => [conn];
    case 'peer':
      return ({ peer }) => one(peer?.remoteAddress ?? null);
    case 'id':
      return ({ id }) => one(id);
    case 'gap':
      return ({ gap }) => one(gap);
    case 'latency':
      return ({ latency }) => one(latency);
    case 'answered':
      return ({ answered }) => one(answered);
    case 'text':
      return ({ text }) => one(text);
    case 'finding':
      return distinct(({ findings }) => findings.map(({ code }) => code));
    case 'kind':
      return ({ kind }) => [kind];
    case 'code':
      return distinct(ofError((body) => codesOf(body).map(codeKey)));
    case 'severity':
      return distinct(ofError(severitiesOf));
    case 'order':
      return distinct(ofMembers(orderNames, singleOf));
    case 'product':
      return distinct(ofMembers(productNames, singleOf));
    case 'amount':
      return distinct(ofMembers(priceNames, numberIn));
    case 'note':
      return ({ note }) => one(note);
    case 'mark':
      return ({ mark }) => one(mark);
  }
}

/** The numbers of an entry, as filters compare them; equal numbers of a list count each. `null`: the value has none. */
export function numberReader(name: ValueName): Reader<number> | null {
  if (name.kind === 'body') return ofBody(name.path, numberIn);
  switch (name.name) {
    case 'size':
      return ({ size }) => [size];
    case 'seq':
      return ({ sequence }) => one(sequence);
    case 'gap':
      return ({ gap }) => one(gap);
    case 'latency':
      return ({ latency }) => one(latency);
    case 'amount':
      return ofMembers(priceNames, numberIn);
    default:
      return null;
  }
}

const singleOf = (value: JsonValue): readonly GroupValue[] =>
  typeof value === 'number' && Number.isSafeInteger(value) ? [value] : one(textOfValue(value));
const numberIn = (value: JsonValue): readonly number[] => one(numberOfValue(value));

function ofBody<T>(path: readonly string[], each: (value: JsonValue) => readonly T[]): Reader<T> {
  const names = path.map((name) => name.toLowerCase());
  return ({ body }) => {
    const json = body();
    if (json === null) return none;
    const found: T[] = [];
    someAt(json, names, (value) => {
      found.push(...each(value));
      return false;
    });
    return found;
  };
}

const ofMembers =
  <T>(names: ReadonlySet<string>, each: (value: JsonValue) => readonly T[]): Reader<T> =>
  ({ body }) => {
    const json = body();
    return json === null ? none : valuesOf(json, names).flatMap(each);
  };

const ofError =
  (get: (body: JsonObject) => readonly string[]): Reader<string> =>
  ({ cmd, body }) => {
    const json = isInRole(cmd, 'fault') ? body() : null;
    return json === null ? none : get(json);
  };

const distinct =
  <T>(read: Reader<T>): Reader<T> =>
  (facts) => {
    const values = read(facts);
    return values.length < 2 ? values : [...new Set(values)];
  };

/** Time zones differ by multiples of a quarter of an hour. */
const quarter = 900_000;
const byQuarter = (start: (date: Date) => void): ((at: number) => number) => {
  let [known, found] = [NaN, NaN];
  return (at) => {
    const now = Math.floor(at / quarter);
    if (now !== known) {
      const date = new Date(now * quarter);
      start(date);
      known = now;
      found = date.getTime();
    }
    return found;
  };
};
/** ms since 1970 at which the hour began, by this computer's clock. */
const startOfHour = byQuarter((date) => date.setMinutes(0, 0, 0));
const startOfDay = byQuarter((date) => date.setHours(0, 0, 0, 0));
