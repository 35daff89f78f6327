import { expect, it } from 'vitest';
import { jsonOf, kindOf, readPath } from '#shared/relayChange';

it.each([
  ['Amount', ['amount']],
  ['body.supply.1', ['supply', '1']],
  [' supply.1 ', ['supply', '1']],
  ['body', ['body']],
  ['"my name"."a.b"', ['my name', 'a.b']],
  ['', null],
  ['a..b', null],
  ['.a', null],
  ['a.', null],
  ['a"b"', null],
])('the path %j is %j', (text, names) => {
  expect(readPath(text)).toEqual(names);
});

it('a value keeps its digits, and what is none is refused', () => {
  for (const json of ['1.50', '12345678901234567890', '-3e2'])
    expect(kindOf(json)).toEqual({ kind: 'number', typed: json });
  for (const typed of ['', '1,5', '0x1', '01', 'NaN', '1 2']) expect(jsonOf('number', typed)).toBeNull();
  expect(jsonOf('text', 'a"b')).toBe('"a\\"b"');
  expect(kindOf('"a\\"b"')).toEqual({ kind: 'text', typed: 'a"b' });
  expect(jsonOf('true', 'x')).toBe('true');
  for (const json of ['{}', '[1]', 'null', '"x', 'x']) expect(kindOf(json)).toBeNull();
});
