import { expect, it } from 'vitest';
import { wavesOf } from '../../../../../../src/renderer/src/features/machines/runs/waves';

it.each([
  ['', '', '', { atOnce: null, pause: 0, stopAfter: null }],
  [' 10 ', '30', '3', { atOnce: 10, pause: 30, stopAfter: 3 }],
  ['0', '', '', null],
  ['', '-1', '', null],
  ['', '86401', '', null],
  ['', '', '0', null],
  ['ten', '', '', null],
  ['2001', '', '', null],
])('%j at once, a pause of %j, the end after %j', (atOnce, pause, stopAfter, waves) => {
  expect(wavesOf({ atOnce, pause, stopAfter })).toEqual(waves);
});
