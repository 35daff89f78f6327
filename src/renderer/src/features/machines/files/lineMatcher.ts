/** The search in a text: words that must all occur in a line, ignoring case, or `/an expression/`. */
import { compileRegex } from '#shared/filter/language/regex';

export interface LineMatcher {
  /** An expression is many times slower than words. */
  readonly kind: 'words' | 'expression';
  readonly matches: (line: string) => boolean;
}

/** `null`: all lines. An incomplete expression is searched for literally. */
export function lineMatcher(query: string): LineMatcher | null {
  const typed = query.trim();
  if (typed === '') return null;
  const [, source] = /^\/(.+)\/$/.exec(typed) ?? [];
  if (source !== undefined) {
    try {
      return { kind: 'expression', matches: compileRegex(source) };
    } catch {
      // Search as words instead.
    }
  }
  const words = typed.toLowerCase().split(/\s+/);
  return {
    kind: 'words',
    matches: (line) => {
      const lower = line.toLowerCase();
      return words.every((word) => lower.includes(word));
    },
  };
}
