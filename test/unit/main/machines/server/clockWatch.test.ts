import { expect, it } from 'vitest';
import { ClockWatch } from '../../../../../src/main/machines/server/clockWatch';

it('tells by how much the clock was set, forward and back, once', () => {
  const watch = new ClockWatch();
  expect(watch.look(1_000_000, 5_000)).toBe(0);
  expect(watch.look(1_001_000, 6_000)).toBe(0);
  expect(watch.look(29_802_000, 7_000)).toBe(28_800_000);
  expect(watch.look(29_803_000, 8_000)).toBe(0);
  expect(watch.look(1_004_000, 9_000)).toBe(-28_800_000);
});

it('one that goes a little faster, a second more or less of the uptime, and sleep are none', () => {
  const watch = new ClockWatch();
  watch.look(1_000_000, 5_000);
  expect(watch.look(1_004_000, 6_000)).toBe(0);
  expect(watch.look(1_008_000, 7_000)).toBe(0);
  // The uptime goes on in sleep, as the clock does.
  expect(watch.look(4_608_000, 3_607_000)).toBe(0);
});
