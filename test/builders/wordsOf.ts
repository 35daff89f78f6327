import { i18n, startTexts, type Language } from '../../src/renderer/src/text';
import { createWords, type Words } from '../../src/renderer/src/text/words';

/** The words of one language, as the window uses them. */
export function wordsOf(language: Language): Words {
  if (!i18n.isInitialized) startTexts('en');
  return createWords(i18n.getFixedT(language), language);
}
