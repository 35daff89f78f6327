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
  const told = (): readonly (number | undefined)[] => world.sent.map(({ unnamed }) => unnamed?.length);
  return { news, have, told, sent: world.sent };
}

it('few connections without a number are told at once, many once a second, and the last of them always', () => {
  const { news, have, told } = begin();
  have(1);
  vi.advanceTimersByTime(100);
  have(60);
  vi.advanceTimersByTime(100);
  expect(told()).toEqual([1, 60]);
  for (let count = 61; count < 70; count += 1) {
    have(count);
    vi.advanceTimersByTime(100);
  }
  expect(told()).toEqual([1, 60]);
  vi.advanceTimersByTime(100);
  expect(told()).toEqual([1, 60, 69]);
  have(70);
  vi.advanceTimersByTime(100);
  have(3);
  vi.advanceTimersByTime(100);
  expect(told()).toEqual([1, 60, 69, 3]);
  have(0);
  vi.advanceTimersByTime(100);
  expect(told()).toEqual([1, 60, 69, 3, 0]);
  vi.advanceTimersByTime(10_000);
  expect(told()).toHaveLength(5);
  news.stop();
});

it('a clock that is set back by an hour holds nothing back', () => {
  const { news, have, told } = begin();
  have(60);
  vi.advanceTimersByTime(100);
  vi.setSystemTime(Date.now() - 3_600_000);
  have(70);
  vi.advanceTimersByTime(100);
  expect(told()).toEqual([60, 70]);
  news.stop();
});

it('what commands came to by the end of their connections is told after everything else has stopped, once', () => {
  const { news, sent } = begin();
  const command = { id: 3, state: 'failed' } as Command;
  news.commandChanged(command);
  news.stop();
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([]);
  news.commandChanged({ ...command, id: 4 });
  news.tellLast();
  news.tellLast();
  vi.advanceTimersByTime(1_000);
  expect(sent.map(({ commands }) => commands?.map(({ id }) => id))).toEqual([[3, 4]]);
});
