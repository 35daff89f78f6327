import { expect, it } from 'vitest';
import { numberTest } from '#shared/filter/language/compare';

const moment = (from: number, to: number) => ({ kind: 'at', from, to }) as const;

it('a range of times contains its first and last millisecond, and no other outside', () => {
  const within = numberTest({ is: 'timeRange', from: moment(1_000, 2_000), to: moment(5_000, 6_000) });
  expect([999, 1_000, 5_999, 6_000].map(within)).toEqual([false, true, true, false]);
});

it.each([
  ['=', [false, true, true, false]],
  ['>', [false, false, false, true]],
  ['>=', [false, true, true, true]],
  ['<', [true, false, false, false]],
  ['<=', [true, true, true, false]],
] as const)('a time with %s is compared as its whole span', (op, expected) => {
  const test = numberTest({ is: 'time', op, when: moment(1_000, 2_000) });
  expect([999, 1_000, 1_999, 2_000].map(test)).toEqual(expected);
});

it('a range of numbers contains both ends', () => {
  const test = numberTest({ is: 'range', from: 3, to: 5 });
  expect([2, 3, 5, 6].map(test)).toEqual([false, true, true, false]);
});
