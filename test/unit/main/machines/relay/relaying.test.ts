/** Which machines are released to their real server when it returns. The test provides connections and servers. */
import { expect, it } from 'vitest';
import { defaultSettings } from '#shared/model/settings';
import type { DialTarget } from '#shared/model/dial';
import type { Peer } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import type { Order } from '#shared/model/order';
import type { MachineServer } from '../../../../../src/main/machines/link/machineServer';
import { Relaying } from '../../../../../src/main/machines/relay/relaying';

const [x, y]: readonly [DialTarget, DialTarget] = [
  { host: '192.0.2.1', port: 1 },
  { host: '192.0.2.2', port: 2 },
];

it('a machine in the middle of a sale goes to its server after the sale, even if another server returned meanwhile', async () => {
  let isSelling = true;
  const now = 1_764_000_000_000;
  const open = {
    heardAt: now,
    payment: null,
    done: null,
    doneTimes: 0,
    state: 'requested',
  } as Partial<Order>;
  const relaying = new Relaying({
    now: () => now,
    settings: () => defaultSettings.relay,
    isVirtual: () => false,
    nameOf: () => '',
    machine: () => ({ orders: isSelling ? [open] : [] }) as unknown as MachineState,
    changed: () => undefined,
  });
  let unreachable = [x, y];
  const closed: string[] = [];
  const peer = { relay: { ...x, is: 'meanwhile' } } as Peer;
  const connection = { peer, vmcNo: 7, close: (why: string) => closed.push(why) };
  relaying.serve({
    connections: [connection],
    upstreams: {
      get unreachable() {
        return unreachable;
      },
      answers: () => Promise.resolve(true),
    },
  } as unknown as MachineServer);
  for (const one of [x, y]) {
    unreachable = unreachable.filter((other) => other !== one);
    relaying.deps.back(one);
    await Promise.resolve();
    await Promise.resolve();
  }
  relaying.tick();
  expect(closed).toEqual([]);
  isSelling = false;
  relaying.tick();
  expect(closed).toEqual(['upstreamBack']);
});
