import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { maxDepth, readJson } from '../../../../../src/main/core/protocol/json';

describe('readJson', () => {
  it.each(['{}', ' {"a":1}\r\n', '{"a":{"b":[1,{"c":null}]},"padding":"padding"}'])(
    'accepts strict JSON: %j',
    (text) => {
      expect(readJson(text)).toEqual({ json: JSON.parse(text) as unknown, findings: [] });
    },
  );

  it.each([
    ['{"order_no":5940123456789012345}', { order_no: '5940123456789012345' }],
    [
      '{"a":[ -12345678901234567,9007199254740991],"b":"x: 12345678901234567"}',
      { a: ['-12345678901234567', 9_007_199_254_740_991], b: 'x: 12345678901234567' },
    ],
    [
      '{"a":1234567890123456.5,"b":12345678901234567e1}',
      { a: Number('1234567890123456.5'), b: Number('12345678901234567e1') },
    ],
    ['{"a":"\\" , 12345678901234567"}', { a: '" , 12345678901234567' }],
  ])('keeps every digit of a whole number too long for a number: %s', (text, json) => {
    expect(readJson(text)).toEqual({ json, findings: [] });
    // Also if the body has mistakes.
    expect(readJson(`${text.slice(0, -1)},}`).json).toEqual(json);
  });

  const lenient: readonly (readonly [string, JsonObject, string, number, number?])[] = [
    ['{"a":1,"b":true,}', { a: 1, b: true }, 'trailingComma', 15],
    ['{"a":[1,2 , ]}', { a: [1, 2] }, 'trailingComma', 10],
    ['{"a":"x"\n"b":2}', { a: 'x', b: 2 }, 'missingComma', 9],
    ['{"a":"x""b":2}', { a: 'x', b: 2 }, 'missingComma', 8],
    ['{"a" 1,"b":2}', { b: 2 }, 'missingColon', 5],
    ['{"a":1, // why\n"b":2}', { a: 1, b: 2 }, 'comment', 8],
    ['{"a":1, /* why */ "b":2}', { a: 1, b: 2 }, 'comment', 8],
    ['{"a":,"b":2}', { b: 2 }, 'valueMissing', 5],
    ['{"a":true|false,"b":2}', { b: 2 }, 'invalidSymbol', 5, 2],
    ['{"a":1,"b":{"c":2}', { a: 1, b: { c: 2 } }, 'unexpectedEnd', 18],
    ['{"a":1}]', { a: 1 }, 'afterEnd', 7],
    ['{"a":1}\0\0', { a: 1 }, 'nul', 7],
    ['\uFEFF{"a":1}', { a: 1 }, 'byteOrderMark', 0],
    ['{"a":"x\ny\tz"}', { a: 'x\ny\tz' }, 'controlCharacter', 7, 2],
    ['{"a":"b\\q"}', { a: 'b' }, 'invalidSymbol', 5],
    ['{"a":1,}"b":2}', { a: 1, b: 2 }, 'trailingComma', 6, 2],
    ['{"a":1}"b":2}', { a: 1, b: 2 }, 'objectCut', 7],
    ['  "b":2,"c":3}', { b: 2, c: 3 }, 'objectCut', 0],
  ];
  it.each(lenient.map(([text, json, what, offset, count = 1]) => ({ text, json, what, offset, count })))(
    'reads $text and reports the fault and its place',
    ({ text, json, what, offset, count }) => {
      expect(readJson(text)).toEqual({
        json,
        findings: [{ code: 'json.lenient', params: { what, offset, count } }],
      });
    },
  );

  it.each([
    ['{"a":1,"vmc_no":332', { a: 1 }],
    ['{"a":1,"vmc_no":033232}', { a: 1 }],
    ['{"a":1,"ok":tru', { a: 1 }],
    ['{"a":1,"order_no":"594f8', { a: 1 }],
    ['{"a":1,"b":[1,2', { a: 1, b: [1] }],
  ])('drops a possibly truncated value instead of misreading it: %s', (text, json) => {
    expect(readJson(text)).toMatchObject({ json, findings: [{ code: 'json.lenient' }] });
    expect(Object.keys(readJson(text).json ?? {})).toEqual(Object.keys(json));
  });

  it.each([
    '',
    ' ',
    'null',
    '1',
    '"a"',
    '[{"a":1}]',
    'hello',
    '{',
    '{"a',
    '{]',
    '}{',
    '"',
    '{"a":}',
    'GET / HTTP/1.1',
  ])('refuses %j', (text) => {
    expect(readJson(text)).toEqual({ json: null, findings: [{ code: 'json.invalid' }] });
  });

  it('has a limit of nesting, for any strings', () => {
    const nested = (depth: number): string =>
      `${'{"a":'.repeat(depth)}"${'x'.repeat(1100)}"${'}'.repeat(depth)}`;
    expect(readJson(nested(maxDepth)).findings).toEqual([]);
    expect(readJson(nested(maxDepth + 1)).json).toBeNull();
    // A short body can't nest deep enough for harm; it is read unchanged, even if it was cut.
    expect(readJson(`{"a":${'['.repeat(300)}${']'.repeat(300)}}`).findings).toEqual([]);
    expect(readJson(`{"a":"${'['.repeat(1500)}"}`).findings).toEqual([]);
    expect(readJson(`{"a":"${'['.repeat(500)}",}`).json).toEqual({ a: '['.repeat(500) });
  });

  it('keeps __proto__ an ordinary member, even in broken JSON', () => {
    const { json } = readJson('{"__proto__":{"x":1},"a":2,}');
    expect(Object.keys(json ?? {})).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
  });

  it('ends soon on long rubbish', () => {
    // Each of these takes minutes if it is scanned again for each of its characters.
    for (const part of [' ', ',', '\\"', '"', '} ', '{},', '/', '\n', 'x ', '-']) {
      const text = `{"a":1,"b":"c" ${part.repeat(50_000 / part.length)}x}`;
      expect(readJson(text).findings.length).toBe(1);
    }
  });
});
