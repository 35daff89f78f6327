/** One state function: a recorded run, read from disk, gives the same states as the live run at every moment. */
import { afterEach, describe, expect, it } from 'vitest';
import { misbehaviours } from '#shared/model/simulator';
import type { MachineState } from '#shared/model/machine';
import { readStored } from '../../src/main/core/state/readStored';
import { Fleet } from '../../src/main/core/state/fleet';
import { Fleet as VirtualFleet } from '../../src/main/tools/simulator/fleet';
import { fleetOptions } from '../../src/main/tools/simulator/options';
import { fastClock } from '../builders/fastClock';
import { batchOf, openStore } from '../builders/journal';
import { startServer } from '../builders/server';
import { useFolder } from '../builders/useFolder';

const ends: (() => unknown)[] = [];
const folder = useFolder();
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the replay of a long run', () => {
  it('gives the states that were live, in the middle and at the end', async () => {
    const server = await startServer();
    ends.push(() => server.stop());
    // Twelve hundred times as fast: these seconds cover two hours of twelve machines.
    const options = { host: '127.0.0.1', port: server.port, count: 12, platform: 'mixed', pace: 20 } as const;
    // A machine that reset its connection or sent half a frame soon reconnects.
    const machines = new VirtualFleet(fleetOptions.parse(options), { clock: fastClock(60) });
    ends.push(() => machines.stop());
    await expect.poll(() => server.entries.length).toBeGreaterThan(0);
    const live = new Map<number, ReadonlyMap<number, MachineState>>();
    const remember = (): void =>
      void live.set(server.entries.at(-1)?.id ?? 0, new Map(server.fleet.machines));
    for (const fault of misbehaviours) {
      machines.setMisbehaviour(null, fault, true);
      await pause(200);
      machines.setMisbehaviour(null, fault, false);
      remember();
    }
    for (const vmcNo of [90_001, 90_002, 90_003]) {
      server.server.send(vmcNo, { cmd: 'reboot', vmc_no: vmcNo });
      server.server.send(vmcNo, {
        cmd: 'pay_done',
        vmc_no: vmcNo,
        product_amount: 1000,
        order_no: server.fleet.machine(vmcNo)?.orders.at(-1)?.orderNo ?? 'none',
        paydone: true,
        paytype: 'wx_pub',
      });
    }
    await pause(1_500);
    remember();
    await machines.stop();
    await pause(200);
    remember();

    const store = openStore(folder('journal.sqlite'));
    ends.push(() => store.close());
    store.append(batchOf({ entries: server.entries }));

    const cmds = new Set<string>();
    const replayed = new Fleet();
    let compared = 0;
    for (let after = 0; ;) {
      const page = store.entriesAfter(after, 1_000);
      for (const entry of page.map(readStored)) {
        replayed.apply(entry);
        if (entry.kind === 'frame') cmds.add(entry.message.body.cmd);
        const then = live.get(entry.id);
        if (then === undefined) continue;
        expect(new Map(replayed.machines)).toEqual(then);
        compared += 1;
      }
      after = page.at(-1)?.id ?? after;
      if (page.length < 1_000) break;
    }
    // The run has enough data for a comparison.
    expect(compared).toBe(live.size);
    expect(compared).toBeGreaterThan(10);
    expect(server.entries.length).toBeGreaterThan(1_000);
    for (const cmd of ['login', 'hb', 'error', 'machinestatus', 'qrcode', 'productdone', 'pay_done'])
      expect([...cmds]).toContain(cmd);
    const kinds = new Set(server.entries.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['opened', 'closed', 'frame', 'junk', 'finding']));
  }, 60_000);
});
