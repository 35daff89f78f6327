import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { socketOptions } from '../../../../../src/main/machines/link/machineServer';
import { Upstreams } from '../../../../../src/main/machines/relay/upstreams';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const target = { host: '10.0.0.9', port: 4567 };

it('a server that passes machines back is avoided for growing times, until the user changes or retries it', async () => {
  let isWanted = true;
  const back: number[] = [];
  const upstreams = new Upstreams(socketOptions, {
    now: Date.now,
    isWanted: () => isWanted,
    isSelf: () => false,
    back: () => void back.push(Date.now()),
    changed: () => undefined,
  });
  upstreams.loops(target);
  // Other connections of the same loop.
  upstreams.loops(target);
  expect(upstreams.unreachable).toEqual([{ ...target, detail: 'LOOP', since: 0, tries: 1, nextAt: 60_000 }]);
  expect(await upstreams.call(target)).toEqual({ detail: 'LOOP' });
  vi.advanceTimersByTime(60_000);
  expect(upstreams.unreachable).toEqual([]);
  expect(back).toEqual([60_000]);

  upstreams.loops(target);
  expect(upstreams.unreachable).toMatchObject([{ since: 0, tries: 2, nextAt: 180_000 }]);
  upstreams.retry(target);
  expect(back).toEqual([60_000, 60_000]);

  upstreams.loops(target);
  isWanted = false;
  upstreams.tidy();
  isWanted = true;
  upstreams.loops(target);
  expect(upstreams.unreachable).toMatchObject([{ since: 60_000, tries: 1 }]);
  upstreams.stop();
});
