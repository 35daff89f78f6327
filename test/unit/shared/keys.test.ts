import { expect, it } from 'vitest';
import { keys } from '#shared/keys';
import { screenNames } from '#shared/screens';

it('the digits 1 to 9 and 0 follow the order of the rail', () => {
  const withDigit = screenNames.map((screen) => keys[screen].key).filter((key) => /^Ctrl\+\d$/.test(key));
  expect(withDigit).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit) => `Ctrl+${digit}`));
});
