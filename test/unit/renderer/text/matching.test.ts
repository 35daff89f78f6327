import { expect, it } from 'vitest';
import { matching } from '../../../../src/renderer/src/text/matching';

it.each([
  ['ERROR:5300 Out of cups', 'cups 5300'],
  ['ERROR:5300 Out of cups', 'OUT'],
  ['缺水预警', '缺水'],
  ['缺水预警', 'qsyj'],
  ['缺水预警', 'queshui'],
  ['料盒电机3', 'lhdj'],
  ['重启', 'cq'],
  ['33240', '324'],
])('%s is found by %s', (text, typed) => {
  expect(matching(text, typed)).toBeGreaterThan(0);
});

it.each([
  ['ERROR:5300 Out of cups', 'cups water'],
  ['缺水预警', 'qy'],
  ['Reboot', 'cq'],
  ['33240', ''],
  ['33240', ' '],
])('%s is not found by %s', (text, typed) => {
  expect(matching(text, typed)).toBe(0);
});

it('a beginning ranks before a word, a word before its middle, and pinyin last', () => {
  const scores = ['Rinse', 'Auto rinse', 'Unrinsed', '冲洗'].map((text, index) =>
    matching(text, index === 3 ? 'cx' : 'rins'),
  );
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
  expect(matching('Rinse', 'rinse')).toBeGreaterThan(matching('Rinse record', 'rinse'));
});
