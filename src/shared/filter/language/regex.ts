/**
 * Regular expressions in linear time, so that no pattern of a user or a saved filter can block the app. The language's own engine cannot
 * guarantee this. Syntax and engine are RE2's, always case-insensitive.
 */
import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { Refusal } from './errors';

const maxSourceLength = 200;

/** Compiles a test for many texts. `at`: offset of the source in the filter, for errors. */
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

/** Converts `\u4e2d`, as copied from JSON, to RE2's `\x{4e2d}`. */
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
  // For these two errors RE2 names the whole pattern.
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

/** The position of an unmatched parenthesis. */
function unpaired(source: string): number {
  const open: number[] = [];
  for (const { 0: found, index } of source.matchAll(/\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|[()]/g)) {
    if (found === '(') open.push(index);
    else if (found === ')' && open.pop() === undefined) return index;
  }
  return open.at(-1) ?? 0;
}
