import { noRelayState } from '#shared/model/relay';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { UnnamedLink } from '#shared/contract/live';
import type { Command } from '#shared/model/command';
import type { Arrival } from '#shared/model/arrivals';
import type { ServerNews } from '../../../../../src/main/machines/server/calls';
import { News } from '../../../../../src/main/machines/server/news';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function begin() {
  const world = { links: [] as UnnamedLink[], arrivals: [] as Arrival[], sent: [] as ServerNews[] };
  const news = new News({
    now: Date.now,
    dials: () => [],
    relay: () => noRelayState,
    labels: new Map() as never,
    row: () => {
      throw new Error('there is no machine');
    },
    machine: () => null,
    unnamed: () => [...world.links],
    arrivals: () => ({ open: world.arrivals.length, shown: [...world.arrivals] }),
    send: (what) => world.sent.push(what),
  });
  const have = (count: number): void => {
    world.links = Array.from({ length: count }, (_, conn) => ({ conn }) as UnnamedLink);
    news.unnamedChanged();
  };
  const lengths = (): readonly (number | undefined)[] => world.sent.map(({ unnamed }) => unnamed?.length);
  return { news, have, lengths, sent: world.sent };
}

it('short lists of connections without a number are sent at once, long ones once a second, and the last one always', () => {
  const { news, have, lengths } = begin();
  have(1);
  vi.advanceTimersByTime(100);
  have(60);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([1, 60]);
  for (let count = 61; count < 70; count += 1) {
    have(count);
    vi.advanceTimersByTime(100);
  }
  expect(lengths()).toEqual([1, 60]);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([1, 60, 69]);
  have(70);
  vi.advanceTimersByTime(100);
  have(3);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([1, 60, 69, 3]);
  have(0);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([1, 60, 69, 3, 0]);
  vi.advanceTimersByTime(10_000);
  expect(lengths()).toHaveLength(5);
  news.stop();
});

it('a clock set back by an hour delays nothing', () => {
  const { news, have, lengths } = begin();
  have(60);
  vi.advanceTimersByTime(100);
  vi.setSystemTime(Date.now() - 3_600_000);
  have(70);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([60, 70]);
  news.stop();
});

it('results of commands at the end of their connections are sent once, after everything else has stopped', () => {
  const { news, sent } = begin();
  const command = { id: 3, state: 'failed' } as Command;
  news.commandChanged(command);
  news.stop();
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([]);
  news.commandChanged({ ...command, id: 4 });
  news.sendLast();
  news.sendLast();
  vi.advanceTimersByTime(1_000);
  expect(sent.map(({ commands }) => commands?.map(({ id }) => id))).toEqual([[3, 4]]);
});
