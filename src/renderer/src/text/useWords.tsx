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
/** Provides language, the user's own error texts and currencies once for the whole window: a list has too many lines for separate subscriptions. */
export function WordsProvider({ ownErrors, currencies, children }: WordsProviderProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const words = useMemo(() => {
    // Set before any component below judges a code; all of them take their texts from here.
    setOwnErrors(ownErrors);
    return createWords(t, language, ownErrors, currencies);
  }, [t, language, ownErrors, currencies]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** Texts in the current language; the component renders again when the language changes. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('useWords outside WordsProvider');
  return words;
}

/** Texts about one or several machines, with amounts in their currency. `null`: about all machines. */
export function WordsOf({
  vmcNo,
  children,
}: {
  readonly vmcNo: number | readonly number[] | null;
  readonly children: ReactNode;
}) {
  const words = useWords();
  // Its identity is that of the currency's texts (words.ts).
  const own = useMemo(() => {
    if (vmcNo === null) return words;
    return typeof vmcNo === 'number' ? words.of(vmcNo) : words.of(...vmcNo);
  }, [words, vmcNo]);
  return <WordsContext value={own}>{children}</WordsContext>;
}
