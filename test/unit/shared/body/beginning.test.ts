import { expect, it } from 'vitest';
import { readBeginning } from '#shared/body/beginning';

it.each([
  ['{"a":1,"b":{"c":[1,"x"]}}', { a: 1, b: { c: [1, 'x'] } }, true],
  // Cut off: the continuation may change the value.
  ['{"a":"x","amount":10', { a: 'x' }, false],
  ['{"a":"x","order":"594f8', { a: 'x' }, false],
  ['{"price":[[101,1000,0],[102,1000,0],[103,10', { price: [[101, 1000, 0], [102, 1000, 0], [103]] }, false],
  // Mistakes of real bodies.
  ['{"a":1,"b":"x",}', { a: 1, b: 'x' }, false],
  ['{"a":1 "b":2}', { a: 1, b: 2 }, false],
  ['"a":1,"b":true}', { a: 1, b: true }, false],
  ['{"a":1,"a":2,}', { a: 2 }, false],
  ['[1,2]', {}, false],
  ['not at all', {}, false],
])('%s', (text, json, whole) => {
  expect(readBeginning(text)).toEqual({ json, whole });
});

it('treats a member called __proto__ like any other', () => {
  const { json } = readBeginning('{"__proto__":{"x":1},"y":2,}');
  expect(Object.keys(json)).toEqual(['__proto__', 'y']);
  expect('x' in json).toBe(false);
});
