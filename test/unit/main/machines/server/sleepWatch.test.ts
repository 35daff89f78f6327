import { expect, it } from 'vitest';
import { SleepWatch } from '../../../../../src/main/machines/server/sleepWatch';

it('is what the uptime tells and the other clock does not', () => {
  const watch = new SleepWatch(() => 0);
  expect(watch.look(100_000, 7_000)).toBe(0);
  expect(watch.look(101_000, 8_000)).toBe(0);
  // Suspended for an hour; its next look is a second later.
  expect(watch.look(3_702_000, 9_000)).toBe(3_600_000);
  expect(watch.look(3_703_000, 10_000)).toBe(0);
});

it('a thread that was held up for an hour has not slept, nor is a second more or less of the uptime sleep', () => {
  const watch = new SleepWatch(() => 0);
  watch.look(100_000, 7_000);
  expect(watch.look(3_700_000, 3_607_000)).toBe(0);
  expect(watch.look(3_704_000, 3_607_100)).toBe(0);
});

it('is told once, whoever noticed it first', () => {
  let now = 1_000;
  const watch = new SleepWatch(() => now);
  expect([watch.tell(0), watch.tell(4_999)]).toEqual([false, false]);
  expect(watch.tell(60_000)).toBe(true);
  now += 900;
  expect(watch.tell(59_000)).toBe(false);
  now += 60_000;
  expect(watch.tell(59_000)).toBe(true);
});
