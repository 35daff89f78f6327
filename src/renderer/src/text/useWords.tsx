import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setOwnErrors } from '#shared/errors/own';
import type { OwnErrors } from '#shared/model/ownErrors';
import { createWords, type Currencies, type Words } from './words';

const WordsContext = createContext<Words | null>(null);

interface WordsProviderProps {
  readonly ownErrors: OwnErrors;
  readonly currencies: Currencies;
  readonly children: ReactNode;
}
/** Follows the language, what the workshop says of error codes and the currencies once for the whole window: a list renders too many lines for each to do so by itself. */
export function WordsProvider({ ownErrors, currencies, children }: WordsProviderProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const words = useMemo(() => {
    // Before anything below judges a code; whoever does so takes the words from here too.
    setOwnErrors(ownErrors);
    return createWords(t, language, ownErrors, currencies);
  }, [t, language, ownErrors, currencies]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The words in the language of the moment; the component renders again when it is switched. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('useWords outside WordsProvider');
  return words;
}

/** What is about one machine, or several: amounts are in their currency. `null`: about all. */
export function WordsOf({
  vmcNo,
  children,
}: {
  readonly vmcNo: number | readonly number[] | null;
  readonly children: ReactNode;
}) {
  const words = useWords();
  // Its identity is that of the currency's words (words.ts).
  const own = useMemo(() => {
    if (vmcNo === null) return words;
    return typeof vmcNo === 'number' ? words.of(vmcNo) : words.of(...vmcNo);
  }, [words, vmcNo]);
  return <WordsContext value={own}>{children}</WordsContext>;
}
