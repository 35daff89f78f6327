/** What the catalogue has to say of a body that a person writes to a machine. Remarks, never a refusal. */
import type { JsonValue } from '../model/json';
import {
  formOf,
  forms,
  meanings,
  rangeOf,
  valuesOf,
  type FieldType,
  type FormUnit,
  type MeaningName,
  type Range,
} from './fields';
import { fieldRow, messageRow, type FieldRow } from './messages';
import { objectOf } from './sendRisk';

/** `field`: the member, or a place in it: `price[0][1]`. */
export type BodyHint =
  | { readonly code: 'notJson' } // no JSON object
  | { readonly code: 'noCmd' }
  | { readonly code: 'cmdUnknown'; readonly cmd: string }
  | { readonly code: 'fromMachine'; readonly cmd: string } // only machines say it
  | { readonly code: 'otherMachine'; readonly vmcNo: string }
  | { readonly code: 'fieldUnknown'; readonly field: string }
  | { readonly code: 'fieldMissing'; readonly field: string }
  | { readonly code: 'wrongType'; readonly field: string; readonly type: FieldType }
  | ({ readonly code: 'outOfRange'; readonly field: string } & Range)
  | { readonly code: 'wrongForm'; readonly field: string; readonly form: FormUnit }
  | { readonly code: 'valueUnknown'; readonly field: string; readonly known: readonly string[] }
  | { readonly code: 'listEmpty'; readonly field: string }
  | { readonly code: 'wrongRow'; readonly field: string; readonly places: readonly MeaningName[] };

/** Remarks on one list: a long one is wrong in the same way all over, and each is read. */
const mostOfList = 5;

export function checkBody(text: string, vmcNo: number): readonly BodyHint[] {
  const body = objectOf(text);
  if (body === null) return [{ code: 'notJson' }];
  const cmd = body['cmd'];
  if (typeof cmd !== 'string' || cmd.trim() === '') return [{ code: 'noCmd' }];
  const row = messageRow(cmd);
  const hints: BodyHint[] = [];
  if (row === null) hints.push({ code: 'cmdUnknown', cmd });
  else if (!row.dirs.includes('out')) hints.push({ code: 'fromMachine', cmd });
  const given = new Set<MeaningName>();
  for (const [name, value] of Object.entries(body)) {
    const field = fieldRow(cmd, name);
    if (field === null) {
      hints.push({ code: 'fieldUnknown', field: name });
      continue;
    }
    given.add(field.means);
    const own = valueHints(name, value, field.means);
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

/** What the vendor's document lists, and what a message makes no sense without [field]. */
const isNeeded = ({ source, means }: FieldRow): boolean =>
  source === 'doc' || means === 'vmcNo' || means === 'operation';

/** Of one value, what is wrong first. */
function valueHints(
  field: string,
  value: JsonValue,
  means: MeaningName,
  range = rangeOf(means),
): readonly BodyHint[] {
  const { type } = meanings[means];
  if (!fits(type, value)) return [{ code: 'wrongType', field, type }];
  if (range !== null && !isWithin(Number(value), range)) return [{ code: 'outOfRange', field, ...range }];
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const said = String(value).trim();
  const form = formOf(means);
  if (form !== null && !forms[form].test(said)) return [{ code: 'wrongForm', field, form }];
  const known = valuesOf(means);
  return known.length > 0 && !known.includes(said.toLowerCase())
    ? [{ code: 'valueUnknown', field, known }]
    : [];
}

/** Of a list whose elements are lists themselves: each must have all its places. */
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
    return places.flatMap(({ means, range }, place) =>
      valueHints(`${field}[${place}]`, values[place] ?? null, means, range),
    );
  });
}

const isWithin = (value: number, { min, max }: Range): boolean =>
  value >= min && (max === null || value <= max);

function fits(type: FieldType, value: JsonValue): boolean {
  switch (type) {
    case 'text':
      // A sign's date and the like are written as numbers too.
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
