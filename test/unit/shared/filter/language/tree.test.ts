import { expect, it } from 'vitest';
import { parseFilter } from '#shared/filter/language/parse';
import { searchedTexts } from '#shared/filter/language/tree';

it.each([
  ['', []],
  ['cmd:hb vmc:33232', []],
  ['cmd:hb LIMIT 10', ['LIMIT', '10']],
  ['(心跳 OR -登录) size:>10 "心跳"', ['心跳', '登录']],
  ['text:a,b dir:in', ['a', 'b']],
])('%s searches for %j as text', (text, words) => {
  const parsed = parseFilter(text, { now: 0 });
  expect(parsed.ok && searchedTexts(parsed.filter)).toEqual(words);
});
