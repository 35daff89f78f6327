import { expect, it } from 'vitest';
import { checkNames } from '#shared/doctor';
import { examine } from '../../../../../src/main/tools/doctor/checks';
import { codesOf, computer } from '../../../../builders/doctor';

it('a failing check is reported in a line of its own', async () => {
  const odd = computer();
  Object.defineProperty(odd, 'folder', {
    get: () => {
      throw new Error('odd');
    },
  });
  const found = await examine('folder', odd);
  expect(codesOf(found)).toEqual(['problem failed']);
  expect(found[0]?.params).toEqual({ detail: 'odd' });
});

it.each(checkNames)('%s has a sentence for every case', async (name) => {
  const found = await examine(name, computer());
  expect(found.length).toBeGreaterThan(0);
  expect(found.every((one) => one.check === name)).toBe(true);
});
