/** A server that fails soon after machines were given back must answer for longer. The test provides connections and servers. */
import { expect, it } from 'vitest';
import type { Peer } from '#shared/model/frame';
import type { Connection } from '../../../../../src/main/machines/link/connection';
import { GivingBack } from '../../../../../src/main/machines/relay/givingBack';

const target = { host: '192.0.2.1', port: 1 };

it('a flapping server gets its machines back ever later; one that worked for long, at once', async () => {
  let now = 0;
  let closed = 0;
  const asked: number[] = [];
  const peer = { relay: { ...target, is: 'meanwhile' } } as Peer;
  const connection = { conn: 1, vmcNo: 7, peer, close: () => (closed += 1) } as unknown as Connection;
  const giving = new GivingBack({
    now: () => now,
    connections: () => [connection],
    upstreams: () => ({
      unreachable: [],
      answers: (_, steady) => {
        asked.push(steady);
        return Promise.resolve(true);
      },
    }),
    isSelling: () => false,
    changed: () => undefined,
  });
  for (const minutes of [0, 1, 1, 1, 11]) {
    now += minutes * 60_000;
    giving.back(target);
    await expect.poll(() => closed).toBe(asked.length);
  }
  expect(asked).toEqual([10_000, 60_000, 300_000, 300_000, 10_000]);
});
