/** What a member of a body means, with what its value says. */
import { readAmount } from '#shared/materials';
import type { Source } from '#shared/messages/field';
import { fieldMeaning, type FieldMeaning } from '#shared/messages/lookup';
import type { JsonValue } from '#shared/model/json';
import type { Words } from './words';

/** Keys that are put together from the catalogue; a test says every one of them. */
type Loose = (key: string) => string;

export interface FieldNote {
  /** "price, in fen: ¥10.00" */
  readonly text: string;
  readonly source: Source;
}

/** `null`: nobody knows this member. */
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
  // A supply stands under the material's number: that one is what a person wants to read.
  const material = means === 'supplyAmount' ? words.material(String(path.at(-1))) : null;
  const name = material ?? t(`field.meaning.${means}`);
  const meaning =
    unit === undefined || material !== null
      ? name
      : t('field.inUnit', { meaning: name, unit: t(`field.unit.${unit}`) });
  const said = whatItSays(words, field, value);
  return { text: said === null ? meaning : t('field.said', { meaning, said }), source };
}

function whatItSays(words: Words, { means, values = [] }: FieldMeaning, value: JsonValue): string | null {
  const said = typeof value === 'object' ? '' : String(value).trim();
  if (said === '') return null;
  switch (means) {
    case 'cmd':
      return words.command(said);
    case 'price':
      return whole(said) === null ? null : words.yuan(Number(said));
    case 'errorCode':
      return words.errorPhrase(said);
    case 'supplyAmount':
      return readAmount(said).kind === 'sentinel' ? words.t('field.notMeasured') : null;
    case 'fastcode':
      return taste(words, said);
    case 'priceRow':
      return null;
    default: {
      const known = wordOf(said, values);
      return known === null ? null : (words.t as unknown as Loose)(`field.value.${means}.${known}`);
    }
  }
}

/** `1` and `"true"` are true, as the protocol's reader takes them; other values whatever their case. */
function wordOf(said: string, values: readonly string[]): string | null {
  const low = said.toLowerCase();
  if (values.includes(low)) return low;
  if (!values.includes('true')) return null;
  return low === '1' ? 'true' : low === '0' ? 'false' : null;
}

const whole = (said: string): number | null => (/^[+-]?\d{1,15}$/.test(said) ? Number(said) : null);

/** [doc 3.8]: hundreds strength, tens milk, ones sugar, 0 to 5 each; `null`: it is none. */
export function taste(words: Words, said: string): string | null {
  if (!/^[0-5]{1,3}$/.test(said)) return null;
  const [strength, milk, sugar] = said.padStart(3, '0');
  if (strength === undefined || milk === undefined || sugar === undefined) return null;
  return words.t('field.taste', { strength, milk, sugar });
}
