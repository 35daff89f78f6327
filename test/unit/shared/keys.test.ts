import { expect, it } from 'vitest';
import { keys } from '#shared/keys';
import { screenNames } from '#shared/screens';

it('the screens have the keys 1 to 9 and 0 in the order of the rail', () => {
  expect(screenNames.map((screen) => [screen, keys[screen].key])).toEqual([
    ['connect', 'Ctrl+1'],
    ['machines', 'Ctrl+2'],
    ['inspector', 'Ctrl+3'],
    ['errors', 'Ctrl+4'],
    ['orders', 'Ctrl+5'],
    ['upgrades', 'Ctrl+6'],
    ['relay', 'Ctrl+7'],
    ['work', 'Ctrl+8'],
    ['settings', 'Ctrl+9'],
    ['help', 'Ctrl+0'],
  ]);
});
