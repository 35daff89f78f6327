/** Conditions that hold machines of a run back, and conditions that end the run. */
import { expect, it } from 'vitest';
import { together } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import { isEnough } from '../../../../../src/main/machines/runs/gate';
import { noCounts } from '../../../../../src/main/machines/runs/line';
import { Running } from '../../../../builders/running';

const packageId = 'a'.repeat(64);
const upgrade: RunStep = { do: 'command', name: 'upgrade', input: { packageId } };

it('a share refers to begun machines, without waiting ones and those left out', () => {
  const half = { ...together, stopShare: 50 };
  expect(isEnough(half, { ...noCounts, failed: 1, done: 1 })).toBe(true);
  expect(isEnough(half, { ...noCounts, failed: 1, done: 2 })).toBe(false);
  expect(isEnough(half, { ...noCounts, failed: 1, done: 1, waiting: 98 })).toBe(true);
  expect(isEnough(half, { ...noCounts, failed: 1, done: 1, leftOut: 98 })).toBe(true);
  expect(isEnough(half, { ...noCounts, failed: 1, done: 1, running: 1 })).toBe(false);
  expect(isEnough(half, { ...noCounts, done: 1 })).toBe(false);
});

it('machines that wait for their hours do not begin, and the run reports until when', () => {
  const book = new Running();
  // 08:00 of a day.
  book.now = 8 * 3_600_000;
  book.starts([upgrade], [1, 2], { hours: { from: 9 * 60, to: 10 * 60 } }).gives();
  expect(book.run()).toMatchObject({
    waits: 'hours',
    nextAt: 9 * 3_600_000,
    wave: 0,
    counts: { waiting: 2, running: 0 },
  });
  book.after(3_600).gives(1, 2);
  expect(book.run()).toMatchObject({ waits: null, counts: { waiting: 0, running: 2 } });
});

it('the last twenty ended runs are known and accept late proof', () => {
  const book = new Running();
  for (let vmcNo = 1; vmcNo <= 21; vmcNo += 1)
    book.starts([upgrade], [vmcNo]).gives(vmcNo).becomes(vmcNo, 'expired');
  expect(book.runs.known.of(1)).toBeNull();
  expect(book.runs.known.of(2)?.run.counts).toMatchObject({ failed: 1 });
  book.becomes(2, 'confirmed');
  expect(book.runs.known.of(2)?.run.counts).toMatchObject({ failed: 0, done: 1 });
});
