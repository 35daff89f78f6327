/** What the catalogue has to say of a body that a person writes to a machine. Remarks, never a refusal. */
import type { JsonValue } from '../model/json';
import { meanings, type FieldType, type MeaningName } from './fields';
import { fieldMeaning, messageRow, type FieldRow } from './messages';
import { objectOf } from './sendRisk';

export type BodyHint =
  | { readonly code: 'notJson' } // no JSON object
  | { readonly code: 'noCmd' }
  | { readonly code: 'cmdUnknown'; readonly cmd: string }
  | { readonly code: 'fromMachine'; readonly cmd: string } // only machines say it
  | { readonly code: 'otherMachine'; readonly vmcNo: string }
  | { readonly code: 'fieldUnknown'; readonly field: string }
  | { readonly code: 'fieldMissing'; readonly field: string }
  | { readonly code: 'wrongType'; readonly field: string; readonly type: FieldType };

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
    const field = fieldMeaning(cmd, [name]);
    if (field === null) {
      hints.push({ code: 'fieldUnknown', field: name });
      continue;
    }
    given.add(field.means);
    const { type } = meanings[field.means];
    if (!fits(type, value)) hints.push({ code: 'wrongType', field: name, type });
    else if (field.means === 'vmcNo' && Number(value) !== vmcNo)
      hints.push({ code: 'otherMachine', vmcNo: JSON.stringify(value) });
  }
  for (const field of row?.fields ?? [])
    if (isNeeded(field) && !given.has(field.means))
      hints.push({ code: 'fieldMissing', field: field.names[0] });
  return hints;
}

/** What the vendor's document lists, and what a message makes no sense without [field]. */
const isNeeded = ({ source, means }: FieldRow): boolean =>
  source === 'doc' || means === 'vmcNo' || means === 'operation';

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
