import { describe, expect, it } from 'vitest';
import { ClockWatch, SleepWatch } from '../../../../../src/main/machines/server/clocks';

describe('a set clock', () => {
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
});

describe('sleep', () => {
  it('is the difference between the uptime and the other clock', () => {
    const watch = new SleepWatch(() => 0);
    expect(watch.measure(100_000, 7_000)).toBe(0);
    expect(watch.measure(101_000, 8_000)).toBe(0);
    // Suspended for an hour; the next check is a second later.
    expect(watch.measure(3_702_000, 9_000)).toBe(3_600_000);
    expect(watch.measure(3_703_000, 10_000)).toBe(0);
  });

  it('a thread blocked for an hour is not sleep, nor is a second of the uptime', () => {
    const watch = new SleepWatch(() => 0);
    watch.measure(100_000, 7_000);
    expect(watch.measure(3_700_000, 3_607_000)).toBe(0);
    expect(watch.measure(3_704_000, 3_607_100)).toBe(0);
  });

  it('is reported once, whichever source reports it first', () => {
    let now = 1_000;
    const watch = new SleepWatch(() => now);
    expect([watch.accept(0), watch.accept(4_999)]).toEqual([false, false]);
    expect(watch.accept(60_000)).toBe(true);
    now += 900;
    expect(watch.accept(59_000)).toBe(false);
    now += 60_000;
    expect(watch.accept(59_000)).toBe(true);
  });
});
