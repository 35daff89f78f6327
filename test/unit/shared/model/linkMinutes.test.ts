/** The last hour of a link by minute. */
import { describe, expect, it } from 'vitest';
import { lastHour, minutesShown, withBeat, withOpened } from '#shared/model/linkMinutes';
import type { LinkMinute, MachineState } from '#shared/model/machine';

const minute = 60_000;
type Minutes = Pick<MachineState, 'minutes' | 'minute'>;
const none: Minutes = { minutes: [], minute: null };
/** All minutes, oldest first. */
const allOf = ({ minutes, minute: open }: Minutes): readonly (LinkMinute | null)[] => [...minutes, open];
/** Heartbeats at these seconds. */
const beats = (...seconds: readonly number[]): Minutes =>
  seconds.reduce<Minutes>((all, at) => withBeat(all, at * 1_000), withOpened(none, 0));
const rows = (minutes: Minutes, now: number) =>
  lastHour(minutes, now * minute).map(({ beats: heard, missing, opened }) => [heard, missing, opened]);

describe('heartbeats per minute', () => {
  it('are counted, with the connections that began', () => {
    const minutes = withOpened(beats(1, 20, 40, 61, 80, 100, 119), 130_000);
    expect(allOf(minutes)).toEqual([
      [0, 3, 1],
      [1, 4, 0],
      [2, 0, 1],
    ]);
  });

  it('that are delayed count in the current minute', () => {
    expect(allOf(withBeat(beats(1, 130), 60_000))).toEqual([
      [0, 1, 1],
      [2, 2, 0],
    ]);
  });

  it('of a clock that was ahead do not suppress the current ones', () => {
    const ahead = withBeat(withOpened(none, 480 * minute), 480 * minute);
    const known = withBeat(withBeat(ahead, 10 * minute), 10 * minute + 20_000);
    expect(allOf(known)).toEqual([[10, 2, 0]]);
  });

  it('are kept for an hour', () => {
    let minutes = none;
    for (let at = 0; at < 200; at += 1) minutes = withBeat(minutes, at * minute);
    expect(allOf(minutes).length).toBe(minutesShown);
    expect(minutes.minutes[0]?.[0]).toBe(200 - minutesShown);
    expect(lastHour(minutes, 199 * minute).length).toBe(minutesShown);
  });
});

it('a heartbeat creates no new object except the current minute', () => {
  const before = beats(1, 61, 121);
  const after = withBeat(before, 140_000);
  expect(after.minutes).toBe(before.minutes);
  expect(after.minute).toEqual([2, 2, 0]);
});

describe('missing heartbeats', () => {
  it('are counted from the second silent minute on', () => {
    expect(rows(beats(1, 61, 181), 7)).toEqual([
      [1, 0, 1],
      [1, 0, 0],
      [0, 0, 0],
      [1, 0, 0],
      [0, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  it('do not exist in the first minute, nor in the current one', () => {
    expect(rows(withOpened(none, 59_000), 1)).toEqual([
      [0, 0, 1],
      [0, 0, 0],
    ]);
    expect(rows(withOpened(none, 59_000), 0)).toEqual([[0, 0, 1]]);
  });

  it('do not exist without data', () => {
    expect(lastHour(none, minute)).toEqual([]);
  });
});
