import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Alarms, type Sleeper } from '../../../../../src/main/machines/link/alarms';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const start = 1_000_000;
const alarms = () => new Alarms(Date.now);
/** Records its wake-up times in ms after the start, and sets the next alarm if requested. */
function sleeper(again: () => void = () => undefined): Sleeper & { readonly woken: number[] } {
  const woken: number[] = [];
  const wake = (): void => {
    woken.push(Date.now() - start);
    again();
  };
  return { alarmSlot: null, woken, wake };
}

it('wakes each at its time, never before it and at most 50 ms after', () => {
  const all = alarms();
  const sleepers = [200, 230, 30_000, 120_000].map((at) => {
    const one = sleeper();
    all.set(one, start + at);
    return { at, one };
  });
  vi.advanceTimersByTime(130_000);
  for (const { at, one } of sleepers) {
    expect(one.woken).toHaveLength(1);
    expect(one.woken[0]).toBeGreaterThanOrEqual(at);
    expect(one.woken[0]).toBeLessThanOrEqual(at + 50);
  }
  expect(vi.getTimerCount()).toBe(0);
});

it('an alarm beyond the limit of a timer does not fire constantly', () => {
  const all = alarms();
  const one = sleeper();
  const days = 30 * 86_400_000;
  all.set(one, start + days);
  vi.advanceTimersByTime(86_400_000);
  expect([one.woken.length, vi.getTimerCount()]).toEqual([0, 1]);
  vi.advanceTimersByTime(days);
  expect(one.woken).toEqual([days]);
});

it('moves an alarm, earlier or later, and clears one', () => {
  const all = alarms();
  const [earlier, later, never] = [sleeper(), sleeper(), sleeper()];
  all.set(earlier, start + 10_000);
  all.set(earlier, start + 1_000);
  all.set(later, start + 1_000);
  all.set(later, start + 10_000);
  all.set(never, start + 1_000);
  all.clear(never);
  vi.advanceTimersByTime(20_000);
  expect([earlier.woken, later.woken, never.woken]).toEqual([[1_000], [10_000], []]);
});

it('an alarm may set itself or another one again while it fires', () => {
  const all = alarms();
  const other = sleeper();
  const one: ReturnType<typeof sleeper> = sleeper(() => {
    if (one.woken.length < 3) all.set(one, Date.now() + 1_000);
    all.clear(other);
  });
  all.set(one, start + 1_000);
  all.set(other, start + 1_000);
  all.set(other, start + 2_500);
  vi.advanceTimersByTime(10_000);
  expect(one.woken).toEqual([1_000, 2_000, 3_000]);
  expect(other.woken).toEqual([]);
});

it('an alarm cleared by another in the same moment does not fire', () => {
  const all = alarms();
  const second = sleeper();
  const first = sleeper(() => all.clear(second));
  all.set(first, start + 1_000);
  all.set(second, start + 1_000);
  vi.advanceTimersByTime(5_000);
  expect([first.woken, second.woken]).toEqual([[1_000], []]);
});

it('runs no timer without alarms', () => {
  const all = alarms();
  const one = sleeper();
  all.set(one, start + 1_000);
  expect(vi.getTimerCount()).toBe(1);
  all.clear(one);
  expect(vi.getTimerCount()).toBe(0);
});
