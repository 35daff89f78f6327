import { expect, it } from 'vitest';
import { Comebacks } from '../../../../../src/main/core/state/comebacks';

const comeBack = (comebacks: Comebacks, count: number, from: number, pause: number) =>
  Array.from({ length: count }, (_, at) => comebacks.apply(at, from + at * pause)).at(-1) ?? null;

it('twenty or more that return without a pause are one event, which grows', () => {
  const comebacks = new Comebacks();
  expect(comeBack(comebacks, 19, 1_000, 100)).toBeNull();
  expect(comebacks.apply(100, 2_900)).toEqual({ machines: 20, from: 1_000, to: 2_900 });
  expect(comebacks.apply(101, 3_000)).toEqual({ machines: 21, from: 1_000, to: 3_000 });
  // A machine that returns twice counts once.
  expect(comebacks.apply(101, 3_100)).toEqual({ machines: 21, from: 1_000, to: 3_100 });
});

it('occasional returns do not count, and a return after a pause begins another series', () => {
  const comebacks = new Comebacks();
  expect(comeBack(comebacks, 100, 0, 2_001)).toBeNull();
  expect(comeBack(comebacks, 30, 1_000_000, 10)).toEqual({ machines: 30, from: 1_000_000, to: 1_000_290 });
  expect(comebacks.apply(7, 1_002_291)).toBeNull();
});

it('a clock that was put back starts it again', () => {
  const comebacks = new Comebacks();
  expect(comeBack(comebacks, 20, 1_000_000, 1)).not.toBeNull();
  expect(comebacks.apply(50, 500)).toBeNull();
  expect(comeBack(comebacks, 20, 600, 1)).toEqual({ machines: 21, from: 500, to: 619 });
});
