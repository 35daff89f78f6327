import { useEffect, useState } from 'react';
import { clock } from '../../../ui/ticker';
import { spanOfFilter, type PastSpan } from './filters';

/** ms; a timer can't wait longer. */
const longestWait = 2 ** 31 - 1;

/** The span of the filter once it is over, when new entries can't match. `null`: they can. */
export function usePast(text: string): PastSpan | null {
  const [past, setPast] = useState<{ readonly text: string; readonly span: PastSpan } | null>(null);
  useEffect(() => {
    // Relative times count from the moment the filter was applied, as in main.
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
