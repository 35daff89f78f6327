import { expect, it } from 'vitest';
import { ClockWatch } from '../../../../../src/main/machines/server/clockWatch';

it('reports once by how much the clock was set, forward and back', () => {
  const watch = new ClockWatch();
  expect(watch.measure(1_000_000, 5_000)).toBe(0);
  expect(watch.measure(1_001_000, 6_000)).toBe(0);
  expect(watch.measure(29_802_000, 7_000)).toBe(28_800_000);
  expect(watch.measure(29_803_000, 8_000)).toBe(0);
  expect(watch.measure(1_004_000, 9_000)).toBe(-28_800_000);
});

it('ignores a slightly faster clock, a second of the uptime, and sleep', () => {
  const watch = new ClockWatch();
  watch.measure(1_000_000, 5_000);
  expect(watch.measure(1_004_000, 6_000)).toBe(0);
  expect(watch.measure(1_008_000, 7_000)).toBe(0);
  // The uptime includes sleep, as the clock does.
  expect(watch.measure(4_608_000, 3_607_000)).toBe(0);
});
