/** Finds settings by their names and explanations, in both languages. */
import { i18n, languages } from '.';
import { matching } from './matching';

/** The texts below a key, in both languages. */
function textsOf(key: string): readonly string[] {
  return languages.flatMap((language) => flat(i18n.getResource(language, 'translation', key)));
}

function flat(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(flat) : [];
}

/** Whether the texts of these keys contain the typed words. */
export const hasTexts = (keys: readonly string[], typed: string): boolean =>
  matching(keys.flatMap(textsOf).join('\n'), typed) > 0;
