import { useEffect, useState } from 'react';
import { clock } from '../../../ui/ticker';
import { spanOfFilter, type PastSpan } from './filters';

/** ms; a timer can't wait longer. */
const longestWait = 2 ** 31 - 1;

/** The span that the filter lets through, once it is over: nothing new comes into it. `null`: something may. */
export function usePast(text: string): PastSpan | null {
  const [past, setPast] = useState<{ readonly text: string; readonly span: PastSpan } | null>(null);
  useEffect(() => {
    // Told from the moment it was put into force, as main does.
    const span = spanOfFilter(text, clock());
    if (span === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const left = span.to - Date.now();
      if (left < 0) setPast({ text, span });
      else timer = setTimeout(look, Math.min(longestWait, left + 1));
    };
    timer = setTimeout(look, 0);
    return () => clearTimeout(timer);
  }, [text]);
  return past?.text === text ? past.span : null;
}
