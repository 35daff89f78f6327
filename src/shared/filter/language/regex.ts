/**
 * Regular expressions whose time grows with the text only, never with what stands in it: no pattern from a person or a saved
 * filter can stall the app, which the engine of the language could not promise. RE2's syntax and engine, always without case.
 */
import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { Refusal } from './errors';

const maxSourceLength = 200;

/** Ready to judge many texts. `at`: where the source stands in the filter, for the errors. */
export function compileRegex(source: string, at = 0): (text: string) => boolean {
  if (source === '') throw new Refusal('valueMissing', at, 0, { field: '~' });
  if (source.length > maxSourceLength)
    throw new Refusal('regexTooLong', at + maxSourceLength, source.length - maxSourceLength, {
      max: maxSourceLength,
    });
  try {
    const regex = RE2JS.compile(codesAsRe2(source), RE2JS.CASE_INSENSITIVE);
    return (text) => regex.test(text);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) throw refusalOf(error, source, at);
    if (error instanceof RE2JSException) throw new Refusal('regexTooBig', at, source.length);
    throw error;
  }
}

/** `\u4e2d` is how a person copies a character from JSON; RE2 writes `\x{4e2d}`. */
function codesAsRe2(source: string): string {
  return source.replace(/\\(?:u([0-9a-f]{4})|[^])/gi, (whole, code?: string) =>
    code === undefined ? whole : `\\x{${code}}`,
  );
}

function refusalOf(error: RE2JSSyntaxException, source: string, at: number): Refusal {
  const problem = error.getDescription();
  const part = error.getPattern() ?? '';
  const wrong = (from: number, length: number, code: 'regexWrong' | 'regexUnsupported' = 'regexWrong') =>
    new Refusal(code, at + from, length, { part: source.slice(from, from + length) });

  if (problem === 'trailing backslash at end of expression') return wrong(source.length - 1, 1);
  // Of these two RE2 names the whole pattern.
  if (problem === 'missing closing )' || problem === 'unexpected )') return wrong(unpaired(source), 1);
  const [, low, high] = /^\{(\d+)(?:,(\d+))?\}$/.exec(part) ?? [];
  const isBackwards = high !== undefined && Number(high) < Number(low);
  if ((problem === 'invalid repeat count' && !isBackwards) || problem === 'expression too large')
    return new Refusal('regexTooBig', at, source.length);

  const from = Math.max(source.indexOf(part), 0);
  const lookaround = /^\(\?<?[=!]/.exec(part)?.[0];
  if (lookaround !== undefined) return wrong(from, lookaround.length, 'regexUnsupported');
  const isUnknown = problem === 'invalid escape sequence' || problem === 'invalid or unsupported Perl syntax';
  return wrong(from, part.length, isUnknown ? 'regexUnsupported' : 'regexWrong');
}

/** Where the parenthesis stands that has no partner. */
function unpaired(source: string): number {
  const open: number[] = [];
  for (const { 0: found, index } of source.matchAll(/\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|[()]/g)) {
    if (found === '(') open.push(index);
    else if (found === ')' && open.pop() === undefined) return index;
  }
  return open.at(-1) ?? 0;
}
