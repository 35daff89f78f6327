import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#shared/filter/language/errors';
import { compileRegex } from '#shared/filter/language/regex';

/** Characters, each drawn separately, that JavaScript reads as a quantifier and refuses at the beginning. */
const quantifierOfSigns = /\{1+\}/;

/** A pattern over few characters, so that it often matches. */
const patterns: fc.Arbitrary<string> = fc
  .letrec<{ alt: string; seq: string; piece: string; atom: string }>((tie) => ({
    alt: fc.oneof(
      tie('seq'),
      fc.tuple(tie('seq'), tie('seq')).map((two) => two.join('|')),
    ),
    seq: fc.array(tie('piece'), { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
    piece: fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(
            tie('atom'),
            fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,1}', '{2,}', '*?'),
          )
          .map((two) => two.join('')),
      },
      { weight: 1, arbitrary: fc.constantFrom('^', '$') },
    ),
    atom: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.constantFrom(
        'a',
        'B',
        'c',
        '1',
        ' ',
        '.',
        '\\d',
        '\\D',
        '\\w',
        '\\W',
        '\\s',
        '\\.',
        '[ab]',
        '[^ab]',
        '[a-c1]',
        '[^\\d]',
        '[\\D1]',
        '\\x61',
        '\\u0042',
        '"',
        '\\n',
        '{',
        '}',
        ']',
        '[-a]',
        '[a-]',
      ),
      tie('alt').map((inner) => `(${inner})`),
      tie('alt').map((inner) => `(?:${inner})`),
    ),
  }))
  .alt.filter((source) => !quantifierOfSigns.test(source));
const texts = fc
  .array(fc.constantFrom('a', 'A', 'b', 'c', '1', ' ', '.', '"', '\n', '{', '-', '_', '中'), {
    maxLength: 12,
  })
  .map((all) => all.join(''));

const native = new Script('texts.filter((text) => new RegExp(source, "i").test(text))');
const given: { source: string; texts: readonly string[] } = { source: '', texts: [] };
/** One for all tests: creating a context takes longer than most tests. */
const asked = createContext(given);
/** The matching texts; `null`: backtracking would need minutes or years for one of them. */
function foundByJavaScript(
  source: string,
  all: readonly string[],
  timeout = 1_000,
): readonly string[] | null {
  Object.assign(given, { source, texts: [...all] });
  try {
    const found: unknown = native.runInContext(asked, { timeout });
    return Array.from(found as ArrayLike<string>);
  } catch (error) {
    // The error belongs to that context, so `instanceof Error` fails here.
    if ((error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  }
}

describe('regular expressions', () => {
  it('are not compared with JavaScript if its search never ends', () => {
    expect(foundByJavaScript('((a*)*)*b', ['ab', 'c'])).toEqual(['ab']);
    // This would not end in years either, so a short limit is enough.
    expect(foundByJavaScript('((a+)+)+b', ['a'.repeat(60)], 100)).toBe(null);
  });

  it('match the same texts as JavaScript’s', () => {
    let hits = 0;
    fc.assert(
      fc.property(
        patterns.filter((source) => source.length <= 30),
        fc.array(texts, { minLength: 5, maxLength: 5 }),
        (source, all) => {
          const found = foundByJavaScript(source, all);
          fc.pre(found !== null);
          const test = compileRegex(source);
          hits += found.length;
          expect(all.filter(test), source).toEqual(found);
        },
      ),
      { numRuns: 600, seed: 1 },
    );
    expect(hits).toBeGreaterThan(400);
  });

  it.each(['(a*)*b', '(a|a)*b', '(a+)+$', '.*.*.*.*b', '(?:a?){50}a{50}b', '(.*a){20}'])(
    'take time linear in the text: %s',
    (source) => {
      const test = compileRegex(source);
      const begin = process.cpuUsage();
      test(`${'a'.repeat(60_000)}!`);
      const { user, system } = process.cpuUsage(begin);
      // A backtracking engine would need years.
      expect((user + system) / 1_000).toBeLessThan(2_000);
    },
  );

  it('continue after their cache was cleared', () => {
    const test = compileRegex('(?:x.{1,9}y){1,3}z');
    const noise = Array.from({ length: 60_000 }, (_, i) => 'xyw中q'.charAt((i * i + (i >> 3)) % 5)).join('');
    const strange = Array.from({ length: 30_000 }, (_, i) => String.fromCharCode(0x4e00 + (i % 20_000))).join(
      '',
    );
    expect(test(noise + strange)).toBe(false);
    expect(test(`${noise}${strange}x12yz`)).toBe(true);
    expect(test('x1y z')).toBe(false);
  });

  it('are refused or compiled, nothing else', () => {
    const signs = Array.from('()[]{}?*+^$|\\:=!<>,-019abdnpuxPQ中');
    const likely = fc.string({ unit: fc.constantFrom(...signs), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(likely, fc.string()), (source) => {
        try {
          compileRegex(source)('some text');
          return true;
        } catch (error) {
          if (!(error instanceof Refusal)) return false;
          return error.filterError.at + error.filterError.length <= source.length;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['\\blatte\\b', 'a latte', 'lattes'],
    ['(?<size>big|small)', 'BIG', 'medium'],
    ['^.$', '😀', 'ab'],
    ['\\p{Han}{2}', '拿铁', '拿 a'],
    ['\\\\u4e2d', '\\u4E2D', '中'],
    ['\\u4e2d', '中', 'u4e2d'],
  ])('support %s', (source, yes, no) => {
    const test = compileRegex(source);
    expect([test(yes), test(no)]).toEqual([true, false]);
  });

  it.each([
    ['(', 'regexWrong', 0, 1],
    ['a)b', 'regexWrong', 1, 1],
    ['a[bc', 'regexWrong', 1, 3],
    ['(a', 'regexWrong', 0, 1],
    ['\\([(]((a)', 'regexWrong', 5, 1],
    ['[z-a]', 'regexWrong', 1, 3],
    ['*a', 'regexWrong', 0, 1],
    ['a**', 'regexWrong', 1, 2],
    ['a{2,1}', 'regexWrong', 1, 5],
    ['a\\', 'regexWrong', 1, 1],
    ['[a\\b]', 'regexUnsupported', 2, 2],
    ['(?=a)', 'regexUnsupported', 0, 3],
    ['b(?<!a)', 'regexUnsupported', 1, 4],
    ['a\\q', 'regexUnsupported', 1, 2],
    ['(a)\\1', 'regexUnsupported', 3, 2],
    ['((a{99}){99}){99}', 'regexTooBig', 0, 17],
    ['(){99999999}', 'regexTooBig', 0, 12],
    ['', 'valueMissing', 0, 0],
    ['a'.repeat(201), 'regexTooLong', 200, 1],
  ])('refuse %s', (source, code, at, length) => {
    let error: unknown = null;
    try {
      compileRegex(source, 10);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).filterError).toMatchObject({ code, at: at + 10, length });
  });
});
