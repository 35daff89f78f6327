import { expect, it } from 'vitest';
import {
  hourSize,
  minuteShapes,
  placeOf,
} from '../../../../../../src/renderer/src/features/machines/page/linkHourPicture';

it('ends with the current minute, even with few known ones', () => {
  expect(placeOf(0, 60)).toBe(0);
  expect([placeOf(0, 2), placeOf(1, 2)]).toEqual([hourSize.width - 8, hourSize.width - 4]);
});

it('has missing heartbeats above received ones, and space for five of both', () => {
  const { beats, missing, opened } = minuteShapes({ beats: 2, missing: 9, opened: 0 }, 0);
  expect(beats).toMatchObject({ y: 18, height: 12 });
  expect(missing.y + missing.height).toBeLessThan(beats.y);
  expect(missing.y).toBeGreaterThanOrEqual(0);
  expect(opened).toEqual([]);
  const full = minuteShapes({ beats: 7, missing: 1, opened: 1 }, 4);
  expect(full).toMatchObject({
    beats: { y: 0, height: 30 },
    missing: { height: 0 },
    opened: [
      [4, 36],
      [8, 36],
      [6, 31],
    ],
  });
});
