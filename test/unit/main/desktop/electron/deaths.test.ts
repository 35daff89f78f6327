import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  deathsReported,
  logOutPause,
  type ProcessDied,
} from '../../../../../src/main/desktop/electron/deaths';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a process that stops is reported', () => {
  const report = vi.fn<ProcessDied>();
  deathsReported(report, () => false)('window', 'killed', true);
  vi.advanceTimersByTime(logOutPause);
  expect(report.mock.calls).toEqual([['window', 'killed', true]]);
});

it.each(['before', 'just after'])('a process that stops %s its own signal at a log-out is not', (when) => {
  const report = vi.fn<ProcessDied>();
  let isQuitting = when === 'just after';
  const died = deathsReported(report, () => isQuitting);
  died('graphics', 'killed', true);
  isQuitting = true;
  died('helper', 'killed', true);
  vi.advanceTimersByTime(2 * logOutPause);
  expect(report).not.toHaveBeenCalled();
});

it('after a cancelled log-out, later deaths are reported', () => {
  const report = vi.fn<ProcessDied>();
  let isQuitting = true;
  const died = deathsReported(report, () => isQuitting);
  died('helper', 'killed', true);
  isQuitting = false;
  died('graphics', 'crashed', true);
  vi.advanceTimersByTime(logOutPause);
  expect(report.mock.calls).toEqual([['graphics', 'crashed', true]]);
});
