import { useEffect, useMemo, useState } from 'react';
import { manualPages, type ManualPage } from '#shared/manual';
import type { Language } from '../../text';
import { useWords } from '../../text/useWords';
import type { Article } from './articles';

export interface ManualTexts {
  readonly text: (page: ManualPage) => string;
  readonly title: (page: ManualPage) => string;
  readonly picture: (target: string) => string | null;
  /** For the search. */
  readonly articles: readonly Article[];
}

/** Of manualTexts.ts. */
interface Loaded {
  readonly pageText: (language: Language, page: ManualPage) => string;
  readonly picture: (target: string) => string | null;
  readonly titleOf: (text: string) => string;
  readonly plainOf: (text: string) => readonly string[];
}

/** The manual in the window's language; `null` while it is loading. */
export function useManual(): ManualTexts | null {
  const { language } = useWords();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let isGone = false;
    const load = async (): Promise<void> => {
      const { manualTexts } = await import('./manualTexts');
      if (!isGone) setLoaded(manualTexts);
    };
    void load();
    return () => {
      isGone = true;
    };
  }, []);
  return useMemo(() => {
    if (loaded === null) return null;
    const { picture, titleOf, plainOf } = loaded;
    const text = (page: ManualPage): string => loaded.pageText(language, page);
    const title = (page: ManualPage): string => titleOf(text(page));
    const articles = manualPages.map((page): Article => {
      const [, lead = '', ...more] = plainOf(text(page));
      return { topic: 'manual', item: page, title: title(page), text: [lead], more };
    });
    return { text, title, picture, articles };
  }, [loaded, language]);
}
