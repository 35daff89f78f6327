import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inParts, type Parts } from '../../../../src/renderer/src/ui/useInParts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function* counted(parts: number[], all: number): Parts<string> {
  for (let part = 1; part < all; part += 1) {
    parts.push(part);
    yield;
  }
  parts.push(all);
  return 'done';
}

it('the first part runs at once, each other one as its own task', () => {
  const parts: number[] = [];
  const values: string[] = [];
  inParts(counted(parts, 3), (value) => values.push(value));
  expect([parts, values]).toEqual([[1], []]);
  vi.advanceTimersToNextTimer();
  expect([parts, values]).toEqual([[1, 2], []]);
  vi.advanceTimersToNextTimer();
  expect([parts, values]).toEqual([[1, 2, 3], ['done']]);
  expect(vi.getTimerCount()).toBe(0);
});

it('work of one part is done before the render', () => {
  const values: string[] = [];
  inParts(counted([], 1), (value) => values.push(value));
  expect(values).toEqual(['done']);
});

it('cancelled work stops there', () => {
  const parts: number[] = [];
  const stop = inParts(counted(parts, 3), () => expect.unreachable());
  stop();
  vi.runAllTimers();
  expect(parts).toEqual([1]);
});
