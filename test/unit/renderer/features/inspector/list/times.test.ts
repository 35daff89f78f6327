import { expect, it } from 'vitest';
import { signedTime } from '../../../../../../src/renderer/src/features/inspector/list/times';

it.each([
  [0, '+0.000 s'],
  [3, '+0.003 s'],
  [-12_500, '-12.500 s'],
  [59_999.6, '+1:00.000'],
  [62_250, '+1:02.250'],
  [3 * 3_600_000 + 62_250, '+3:01:02.250'],
  [-30 * 3_600_000, '-30:00:00.000'],
])('%d ms is %s', (ms, text) => {
  expect(signedTime(ms)).toBe(text);
});
