import { expect, it } from 'vitest';
import { photoLimits } from '#shared/limits';
import { fitted, photoAddress } from '../../../../../../src/renderer/src/features/machines/settings/picture';

it.each([
  [
    [4_000, 3_000],
    [photoLimits.pixels, 1_200],
  ],
  [
    [3_000, 4_000],
    [1_200, photoLimits.pixels],
  ],
  [
    [800, 600],
    [800, 600],
  ],
  [
    [20_000, 3],
    [photoLimits.pixels, 1],
  ],
])('%j becomes %j', ([width = 0, height = 0], [w, h]) => {
  expect(fitted(width, height)).toEqual({ width: w, height: h });
});

it('is served from the window’s own scheme', () => {
  expect(photoAddress('1-0123456789abcdef.jpg')).toBe('crema://app/photos/1-0123456789abcdef.jpg');
});
