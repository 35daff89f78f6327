/** What is searched for in a text: words that must all stand in a line, whatever the case, or `/an expression/`. */
import { compileRegex } from '#shared/filter/language/regex';

export interface LineMatcher {
  /** An expression is many times as slow as words. */
  readonly kind: 'words' | 'expression';
  readonly matches: (line: string) => boolean;
}

/** `null`: everything. An expression that is not finished yet is looked for as it is written. */
export function lineMatcher(query: string): LineMatcher | null {
  const typed = query.trim();
  if (typed === '') return null;
  const [, source] = /^\/(.+)\/$/.exec(typed) ?? [];
  if (source !== undefined) {
    try {
      return { kind: 'expression', matches: compileRegex(source) };
    } catch {
      // As words, below.
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
