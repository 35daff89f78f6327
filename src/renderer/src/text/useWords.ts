import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createWords, type Words } from './words';

/** The words in the language of the moment; the component renders again when it is switched. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  return useMemo(() => createWords(t, language), [t, language]);
}
