import { expect, it } from 'vitest';
import { lineMatcher } from '../../../../../../src/renderer/src/features/machines/files/lineMatcher';

it('finds lines with all the words, ignoring case', () => {
  const matcher = lineMatcher(' Brew  FAIL ');
  expect(matcher?.matches('10:00 brew 101: failed')).toBe(true);
  expect(matcher?.matches('10:00 brew 101: done')).toBe(false);
  expect(lineMatcher('  ')).toBeNull();
});

it('accepts an expression between slashes, and searches for an incomplete one literally', () => {
  expect(lineMatcher('/e\\d{4}/')?.matches('fault E5300')).toBe(true);
  expect(lineMatcher('/e\\d{4}/')?.matches('fault E53')).toBe(false);
  expect(lineMatcher('/(/')?.matches('a /(/ b')).toBe(true);
  expect(lineMatcher('/(/')?.matches('a b')).toBe(false);
});
