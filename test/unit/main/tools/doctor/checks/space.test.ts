import { expect, it } from 'vitest';
import { space } from '../../../../../../src/main/tools/doctor/checks/space';
import { computer } from '../../../../../builders/doctor';

it.each([
  [0, 'problem', 'none', 0],
  [199_999_999, 'problem', 'none', 199],
  [200_000_000, 'warning', 'little', 200],
  [1_999_999_999, 'warning', 'little', 1_999],
  [2_000_000_000, 'ok', 'enough', 2_000],
])('%d bytes free: %s', async (bytes, level, code, free) => {
  const found = await space(computer(), () => Promise.resolve(bytes));
  expect(found).toEqual([{ check: 'space', level, code, params: { free } }]);
});

it('uses the disk of the parent if the folder does not exist yet', async () => {
  const [found] = await space(computer({ folder: '/not/there' }));
  expect(found?.params['free']).toEqual(expect.any(Number));
});
