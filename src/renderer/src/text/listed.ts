/** Joins texts as the language does: "a, b, c" in English, "a、b、c" in Chinese. */
import type { Words } from './words';

export function listed({ language }: Pick<Words, 'language'>, parts: readonly string[]): string {
  return new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' }).format(parts);
}
