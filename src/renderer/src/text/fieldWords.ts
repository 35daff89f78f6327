/** The meaning of a body's member, with its value in words. */
import { readAmount } from '#shared/materials';
import { commandOf } from '#shared/commands/kit/rows';
import { wrapper } from '#shared/commands/kit/wire';
import type { Source } from '#shared/messages/field';
import { everyPlace, fieldMeaning, type FieldMeaning, type MeaningName } from '#shared/messages/lookup';
import type { JsonValue } from '#shared/model/json';
import { anyKey } from './t';
import type { Words } from './words';

export interface FieldNote {
  /** "price, in fen: ¥10.00" */
  readonly text: string;
  readonly source: Source;
}

/** `null`: the member is unknown. */
export function fieldNote(
  words: Words,
  cmd: string | null,
  path: readonly (string | number)[],
  value: JsonValue,
): FieldNote | null {
  const field = fieldMeaning(cmd, path);
  if (field === null) return null;
  const { t } = words;
  const { means, source, unit } = field;
  // A supply's key is the material's number, which the user wants to read as a name.
  const material = means === 'supplyAmount' ? words.material(String(path.at(-1))) : null;
  const name = material ?? t(`field.${means}.means`);
  const meaning =
    unit === undefined || material !== null
      ? name
      : t('fieldNote.inUnit', { meaning: name, unit: t(`fieldUnit.${unit}`) });
  const written = valueWords(words, field, value);
  return { text: written === null ? meaning : t('fieldNote.quoted', { meaning, text: written }), source };
}

function valueWords(words: Words, { means, values = [] }: FieldMeaning, value: JsonValue): string | null {
  const written = typeof value === 'object' ? '' : String(value).trim();
  if (written === '') return null;
  switch (means) {
    case 'cmd':
      return words.command(written);
    case 'price':
      return whole(written) === null ? null : words.yuan(Number(written));
    case 'errorCode':
      return words.errorPhrase(written);
    case 'supplyAmount':
      return readAmount(written).kind === 'sentinel' ? words.t('fieldNote.notMeasured') : null;
    case 'fastcode':
      return tasteWords(words, written);
    case 'priceRow':
      return null;
    default: {
      const known = wordOf(written, values);
      if (known !== null) return anyKey(words.t)(`field.${means}.value.${known}`);
      const command = means === 'operation' ? commandOf({ cmd: wrapper, operation: written }) : null;
      return command === null ? null : words.t(`command.${command}.name`);
    }
  }
}

/** `1` and `"true"` are true, as in the protocol's reader; other values ignore case. */
function wordOf(written: string, values: readonly string[]): string | null {
  const low = written.toLowerCase();
  if (values.includes(low)) return low;
  if (!values.includes('true')) return null;
  return low === '1' ? 'true' : low === '0' ? 'false' : null;
}

const whole = (written: string): number | null => (/^[+-]?\d{1,15}$/.test(written) ? Number(written) : null);

/** The text of a value; `null`: it has none. */
export function knownValue(words: Words, means: MeaningName, written: string): string | null {
  const place = everyPlace.find((one) => one.means === means && one.values !== undefined);
  const known = wordOf(written, place?.values ?? []);
  return known === null ? null : anyKey(words.t)(`field.${means}.value.${known}`);
}

/** [doc 3.8]: hundreds strength, tens milk, ones sugar, 0 to 5 each; `null`: not a taste. */
export function tasteWords(words: Words, written: string): string | null {
  if (!/^[0-5]{1,3}$/.test(written)) return null;
  const [strength, milk, sugar] = written.padStart(3, '0');
  if (strength === undefined || milk === undefined || sugar === undefined) return null;
  return words.t('fieldNote.taste', { strength, milk, sugar });
}
