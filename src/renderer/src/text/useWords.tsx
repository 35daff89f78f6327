import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { createWords, type ErrorNames, type Words } from './words';

const WordsContext = createContext<Words | null>(null);

interface WordsProviderProps {
  readonly errorNames: ErrorNames;
  readonly children: ReactNode;
}
/** Follows the language and the names of error codes once for the whole window: a list renders too many lines for each to do so by itself. */
export function WordsProvider({ errorNames, children }: WordsProviderProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const words = useMemo(() => createWords(t, language, errorNames), [t, language, errorNames]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The words in the language of the moment; the component renders again when it is switched. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('useWords outside WordsProvider');
  return words;
}
