import { expect, it } from 'vitest';
import { appErrorWords } from '../../../../src/renderer/src/text/appErrorWords';
import { wordsOf } from '../../../builders/wordsOf';

it('a refused command names the field by its label; without a label, by its path', () => {
  const said = (language: 'en' | 'zh-CN', name: string, field: string): string =>
    appErrorWords(wordsOf(language), { code: 'badInput', params: { name, field } });
  expect(said('en', 'lockProducts', 'productIds.3')).toBe(
    'Not sent: Product ids or names is missing or out of range.',
  );
  expect(said('zh-CN', 'setDiscount', 'percent')).not.toContain('percent');
  expect(said('zh-CN', 'setPrices', 'prices.0.price')).toMatch(/价格/);
  expect(said('en', 'makeDrink', 'nothing.0')).toContain(': nothing.0 is');
  expect(said('en', 'no command', 'toString')).toContain('toString');
});
