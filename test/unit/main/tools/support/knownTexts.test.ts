import { expect, it } from 'vitest';
import { mapTexts } from '../../../../../src/main/tools/support/knownTexts';

it('maps every string of a value, names included', () => {
  const value = { a: ['b', 1, null], c: { d: true } };
  expect(mapTexts(value, (text) => text.toUpperCase())).toEqual({ A: ['B', 1, null], C: { D: true } });
});
