/** Checks a body that a person writes to a machine against the catalogue. Gives hints and never refuses. */
import { commandOf } from '../commands/kit/rows';
import { objectOf, type JsonObject, type JsonValue } from '../model/json';
import { forms, type FieldType, type FormUnit, type Place, type Range } from '../messages/field';
import { fieldOf, messageRow, rowsOf, type FieldRow, type MeaningName } from '../messages/lookup';

/** `field`: the member, or a place in it: `price[0][1]`. */
export type BodyHint =
  | { readonly code: 'notJson' } // not a JSON object
  | { readonly code: 'noCmd' }
  | { readonly code: 'cmdUnknown'; readonly cmd: string }
  | { readonly code: 'fromMachine'; readonly cmd: string } // only machines send it
  | { readonly code: 'otherMachine'; readonly vmcNo: string }
  | { readonly code: 'fieldUnknown'; readonly field: string }
  | { readonly code: 'fieldMissing'; readonly field: string }
  | { readonly code: 'wrongType'; readonly field: string; readonly type: FieldType }
  | ({ readonly code: 'outOfRange'; readonly field: string } & Range)
  | { readonly code: 'wrongForm'; readonly field: string; readonly form: FormUnit }
  | { readonly code: 'valueUnknown'; readonly field: string; readonly known: readonly string[] }
  | { readonly code: 'valueHarmful'; readonly field: string; readonly value: string }
  | { readonly code: 'listEmpty'; readonly field: string }
  | { readonly code: 'wrongRow'; readonly field: string; readonly places: readonly MeaningName[] };

/** Limit of hints per list: a long list usually repeats the same mistake. */
const mostOfList = 5;

export function checkBody(text: string, vmcNo: number): readonly BodyHint[] {
  const body = objectOf(text);
  if (body === null) return [{ code: 'notJson' }];
  const cmd = body['cmd'];
  if (typeof cmd !== 'string' || cmd.trim() === '') return [{ code: 'noCmd' }];
  const row = messageRow(cmd, 'out');
  const hints: BodyHint[] = [];
  const isKnown = rowsOf(cmd).length > 0;
  if (row === null) hints.push({ code: isKnown ? 'fromMachine' : 'cmdUnknown', cmd });
  const given = new Set<MeaningName>();
  for (const [name, value] of Object.entries(body)) {
    const field = fieldOf(cmd, name, row?.direction) ?? fieldOfOperation(body, name);
    if (field === null) {
      hints.push({ code: 'fieldUnknown', field: name });
      continue;
    }
    given.add(field.means);
    const own = isOperation(body, field) ? [] : valueHints(name, value, field);
    if (own.length > 0) hints.push(...own);
    else if (field.means === 'vmcNo' && Number(value) !== vmcNo)
      hints.push({ code: 'otherMachine', vmcNo: JSON.stringify(value) });
    else hints.push(...listHints(name, value, field).slice(0, mostOfList));
  }
  for (const field of row?.fields ?? [])
    if (isNeeded(field) && !given.has(field.means))
      hints.push({ code: 'fieldMissing', field: field.names[0] });
  return hints;
}

/** A wrapped operation has the members of the bare message with its name. */
function fieldOfOperation({ operation }: JsonObject, name: string): FieldRow | null {
  return typeof operation === 'string' && commandOf({ cmd: operation }) !== null
    ? fieldOf(operation, name, 'out')
    : null;
}

/** The known operations are those of commands. */
const isOperation = (body: JsonObject, { means }: FieldRow): boolean =>
  means === 'operation' && commandOf(body, 'android') !== null;

/** Required members, and the number, without which android drops the message [field]. */
const isNeeded = ({ required, source, means }: FieldRow): boolean =>
  means === 'vmcNo' || (required ?? source === 'doc');

/** The first problem of a value. */
function valueHints(
  field: string,
  value: JsonValue,
  { type, range, unit, values: known = [], harmful = [] }: Place,
): readonly BodyHint[] {
  if (!fits(type, value)) return [{ code: 'wrongType', field, type }];
  if (range !== undefined && !isWithin(Number(value), range))
    return [{ code: 'outOfRange', field, ...range }];
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const written = String(value).trim();
  const form = unit !== undefined && unit in forms ? (unit as FormUnit) : null;
  if (form !== null && !forms[form].test(written)) return [{ code: 'wrongForm', field, form }];
  if (harmful.includes(written.toLowerCase())) return [{ code: 'valueHarmful', field, value: written }];
  return known.length > 0 && !known.includes(written.toLowerCase())
    ? [{ code: 'valueUnknown', field, known }]
    : [];
}

/** Hints for a list of lists: each inner list must be complete. */
function listHints(name: string, value: JsonValue, { each }: FieldRow): readonly BodyHint[] {
  const places = each?.places;
  if (places === undefined || !Array.isArray(value)) return [];
  const rows = value as readonly JsonValue[];
  if (rows.length === 0) return [{ code: 'listEmpty', field: name }];
  return rows.flatMap((row, at): readonly BodyHint[] => {
    const field = `${name}[${at}]`;
    if (!Array.isArray(row) || row.length !== places.length)
      return [{ code: 'wrongRow', field, places: places.map(({ means }) => means) }];
    const values = row as readonly JsonValue[];
    return places.flatMap((one, place) => valueHints(`${field}[${place}]`, values[place] ?? null, one));
  });
}

const isWithin = (value: number, { min, max }: Range): boolean =>
  value >= min && (max === null || value <= max);

function fits(type: FieldType, value: JsonValue): boolean {
  switch (type) {
    case 'text':
      // Dates in signs and similar values may be numbers too.
      return typeof value === 'string' || typeof value === 'number';
    case 'integer':
      return typeof value === 'number'
        ? Number.isInteger(value)
        : typeof value === 'string' && /^[+-]?\d+$/.test(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}
