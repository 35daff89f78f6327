import { expect, it } from 'vitest';
import { keys } from '#shared/keys';
import { screenNames } from '#shared/screens';

it('the first ten screens have the keys 1 to 9 and 0 in the order of the rail', () => {
  const first = screenNames.slice(0, 10).map((screen) => keys[screen].key);
  expect(first).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit) => `Ctrl+${digit}`));
});
