/** The last hour of a link, minute by minute. */
import { describe, expect, it } from 'vitest';
import { lastHour, minutesShown, nextBeat, withBeat, withOpened } from '#shared/model/linkMinutes';
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

describe('heartbeats of a minute', () => {
  it('are counted, with the connections that began in it', () => {
    const minutes = withOpened(beats(1, 20, 40, 61, 80, 100, 119), 130_000);
    expect(allOf(minutes)).toEqual([
      [0, 3, 1],
      [1, 4, 0],
      [2, 0, 1],
    ]);
  });

  it('of one that was held longer count in the minute that is open', () => {
    expect(allOf(withBeat(beats(1, 130), 60_000))).toEqual([
      [0, 1, 1],
      [2, 2, 0],
    ]);
  });

  it('of a clock that was ahead do not keep those of now from being counted', () => {
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

it('a heartbeat makes nothing anew but the minute that goes on', () => {
  const before = beats(1, 61, 121);
  const after = withBeat(before, 140_000);
  expect(after.minutes).toBe(before.minutes);
  expect(after.minute).toEqual([2, 2, 0]);
});

describe('those that did not come', () => {
  it('are counted from the second minute without on', () => {
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

  it('are not told of the minute in which it was first heard of, nor of the one that goes on', () => {
    expect(rows(withOpened(none, 59_000), 1)).toEqual([
      [0, 0, 1],
      [0, 0, 0],
    ]);
    expect(rows(withOpened(none, 59_000), 0)).toEqual([[0, 0, 1]]);
  });

  it('of nothing nothing is told', () => {
    expect(lastHour(none, minute)).toEqual([]);
  });
});

it('the next is due when its program sends it at the latest', () => {
  expect([nextBeat(1_000, 'linux'), nextBeat(1_000, 'android'), nextBeat(1_000, null)]).toEqual([
    31_000, 61_000, 61_000,
  ]);
});
