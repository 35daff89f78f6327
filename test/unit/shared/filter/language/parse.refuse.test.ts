import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterErrorCode } from '#shared/filter/language/errors';
import { maxDepth, maxTextLength, parseFilter } from '#shared/filter/language/parse';
import { now } from '../../../../builders/filterArbitraries';

describe('parseFilter', () => {
  it.each<[string, FilterErrorCode, number, number, Record<string, string | number>]>([
    ['a "b', 'quoteOpen', 2, 2, {}],
    ['a"b"', 'quoteGlued', 1, 1, {}],
    ['"a"b', 'quoteGlued', 3, 1, {}],
    ['cmd:"a"b', 'quoteGlued', 7, 1, {}],
    ['(a (b)', 'groupOpen', 0, 1, {}],
    ['a) b', 'groupStray', 1, 1, {}],
    ['a ( ) b', 'groupEmpty', 2, 3, {}],
    ['a OR', 'operandMissing', 2, 2, { word: 'OR' }],
    ['OR a', 'operandMissing', 0, 2, { word: 'OR' }],
    ['a OR OR b', 'operandMissing', 2, 2, { word: 'OR' }],
    ['(a OR ) b', 'operandMissing', 3, 2, { word: 'OR' }],
    ['AND a', 'operandMissing', 0, 3, { word: 'AND' }],
    ['a AND AND b', 'operandMissing', 2, 3, { word: 'AND' }],
    ['a NOT', 'operandMissing', 2, 3, { word: 'NOT' }],
    ['NOT OR a', 'operandMissing', 0, 3, { word: 'NOT' }],
    ['a - b', 'operandMissing', 2, 1, { word: '-' }],
    [':a', 'fieldMissing', 0, 1, { op: ':' }],
    ['a >5', 'fieldMissing', 2, 1, { op: '>' }],
    ['a cmdd:hb', 'fieldUnknownNear', 2, 4, { field: 'cmdd', suggestion: 'cmd' }],
    ['szie>5', 'fieldUnknownNear', 0, 4, { field: 'szie', suggestion: 'size' }],
    ['http://x', 'fieldUnknown', 0, 4, { field: 'http' }],
    ['bdy.Amount>5', 'fieldUnknown', 0, 10, { field: 'bdy.Amount' }],
    ['body:5', 'memberMissing', 0, 4, { example: 'body.Amount' }],
    ['body.:5', 'memberMissing', 4, 1, { example: 'body.Amount' }],
    ['cmd:', 'valueMissing', 4, 0, { field: 'cmd' }],
    ['cmd: )', 'valueMissing', 5, 0, { field: 'cmd' }],
    ['cmd:a,,b', 'valueMissing', 6, 0, { field: 'cmd' }],
    ['cmd:a, b', 'valueMissing', 6, 0, { field: 'cmd' }],
    ['error:,a', 'valueMissing', 6, 0, { field: 'error' }],
    ['text~ ', 'valueMissing', 6, 0, { field: 'text' }],
    ['note:""', 'valueMissing', 5, 2, { field: 'note' }],
    ['""', 'valueMissing', 0, 2, { field: 'text' }],
    ['size:..', 'valueMissing', 5, 2, { field: 'size' }],
    ['方向:上', 'wordUnknown', 3, 1, { field: '方向', value: '上', allowed: 'in, out' }],
    ['severity:fatl', 'wordUnknownNear', 9, 4, { field: 'severity', value: 'fatl', suggestion: 'fatal' }],
    ['finding:xyz', 'findingUnknown', 8, 3, { value: 'xyz' }],
    [
      'finding:head.lenghtWrong',
      'findingUnknownNear',
      8,
      16,
      { value: 'head.lenghtWrong', suggestion: 'head.lengthWrong' },
    ],
    ['size:abc', 'numberWrong', 5, 3, { field: 'size', value: 'abc' }],
    ['size:1..x', 'numberWrong', 8, 1, { field: 'size', value: 'x' }],
    ['seq:99999999999999999999', 'numberWrong', 4, 20, { field: 'seq', value: '99999999999999999999' }],
    ['body.x>abc', 'numberWrong', 7, 3, { field: 'body', value: 'abc' }],
    ['amount:1.234', 'amountWrong', 7, 5, { value: '1.234' }],
    ['time>soon', 'timeWrong', 5, 4, { value: 'soon' }],
    ['time:2026-02-30', 'timeWrong', 5, 10, { value: '2026-02-30' }],
    ['time:25:00', 'timeWrong', 5, 5, { value: '25:00' }],
    ['time:-2x', 'timeWrong', 5, 3, { value: '-2x' }],
    ['time:10:00..x', 'timeWrong', 12, 1, { value: 'x' }],
    ['cmd>a', 'opWrong', 3, 1, { field: 'cmd', op: '>' }],
    ['size ~5', 'opWrong', 5, 1, { field: 'size', op: '~' }],
    ['size:9..1', 'rangeBackwards', 5, 4, { from: '9', to: '1' }],
    ['time:-1h..-2h', 'rangeBackwards', 5, 8, { from: '-1h', to: '-2h' }],
    ['size>1,2', 'listWrong', 6, 1, { op: '>' }],
    ['size>1..2', 'listWrong', 5, 4, { op: '>' }],
    ['size>*', 'starWrong', 5, 1, { op: '>' }],
    ['cmd:a*b', 'starInside', 4, 3, { value: 'a*b' }],
    ['time:10*', 'timeWrong', 5, 3, { value: '10' }],
    ['text~a(b', 'regexWrong', 6, 1, { part: '(' }],
    ['text~"\\1x"', 'regexUnsupported', 6, 2, { part: '\\1' }],
    [`text~${'a'.repeat(201)}`, 'regexTooLong', 205, 1, { max: 200 }],
    ['text~(a{99}){99}', 'regexTooBig', 5, 11, {}],
    ['a'.repeat(maxTextLength + 3), 'tooLong', maxTextLength, 3, { max: maxTextLength }],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 'tooDeep', maxDepth, 1, { max: maxDepth }],
    [`${'-'.repeat(60)}a`, 'tooDeep', maxDepth, 1, { max: maxDepth }],
  ])('refuses %s', (source, code, at, length, params) => {
    expect(parseFilter(source, { now })).toEqual({ ok: false, error: { code, at, length, params } });
  });

  it('never throws, and points into the text', () => {
    const pieces = fc.constantFrom(
      'a',
      'cmd',
      'time',
      'body',
      '.',
      ':',
      '>',
      '=',
      '~',
      '"',
      '(',
      ')',
      ' ',
      ',',
      '*',
      '-',
      'OR',
      'NOT',
      '..',
      '5',
      '\\',
      '：',
      '[',
      'error',
    );
    const sources = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(sources, (source) => {
        const parsed = parseFilter(source, { now });
        if (parsed.ok) return;
        const { at, length } = parsed.error;
        expect([at >= 0, length >= 0, at + length <= source.length]).toEqual([true, true, true]);
      }),
      { numRuns: 3000 },
    );
  });
});
