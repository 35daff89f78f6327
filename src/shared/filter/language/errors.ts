/** The errors of a filter's text. Texts: `../errorWords.ts`, and `filter.error.<code>` in the window. */
export const filterErrorCodes = [
  'tooLong', // {max} characters
  'tooDeep', // {max} levels
  'quoteOpen', // an unmatched quotation mark
  'quoteGlued', // text directly next to a quotation mark
  'groupOpen', // ( without )
  'groupStray', // ) without (
  'groupEmpty',
  'operandMissing', // {word}: OR, AND, NOT or - without an operand
  'spelling', // {written, ours}: syntax of another language, or ambiguous
  'fieldMissing', // {op}: an operator without a field
  'operatorMissing', // {field, example}: a field's name followed by a word
  'fieldUnknown', // {field}
  'fieldUnknownNear', // {field, suggestion}
  'memberMissing', // {example}: body without a member
  'valueMissing', // {field}
  'wordUnknown', // {field, value, allowed}
  'wordUnknownNear', // {field, value, suggestion}
  'findingUnknown', // {value}
  'findingUnknownNear', // {value, suggestion}
  'numberWrong', // {field, value}
  'amountWrong', // {value}
  'timeWrong', // {value}
  'opWrong', // {field, op}
  'rangeBackwards', // {from, to}
  'listWrong', // {op}: a list after an operator for single values
  'starWrong', // a * with an operator that allows none
  'starInside', // {value}: a * that is not at an end
  'regexTooLong', // {max} characters
  'regexTooBig', // repeats too much
  'regexWrong', // {part}
  'regexUnsupported', // {part}
] as const;
export type FilterErrorCode = (typeof filterErrorCodes)[number];

export interface FilterError {
  readonly code: FilterErrorCode;
  /** Offset in UTF-16 units of the text. Length 0 is a position between two characters, or the end. */
  readonly at: number;
  readonly length: number;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Transports an error to `parseFilter`, which catches it. */
export class Refusal extends Error {
  readonly filterError: FilterError;
  constructor(code: FilterErrorCode, at: number, length: number, params: FilterError['params'] = {}) {
    super(code);
    this.filterError = { code, at, length, params };
  }
}

/** Edit distance between `a` and `b`: insertions, deletions, replacements and swaps. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The most similar known word; `null`: none is similar. */
export function closest(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  if (wanted.length > 40) return null;
  let best: string | null = null;
  // One edit in a short word, two in a longer one.
  let bound = wanted.length <= 3 ? 1 : 2;
  for (const each of known) {
    const edits = distance(wanted, each.toLowerCase());
    if (edits > bound || (edits >= each.length && edits > 0)) continue;
    if (best !== null && edits === bound) continue;
    best = each;
    bound = edits;
  }
  return best;
}
