/** The clock of the computer jumps while machines talk, and once more while Crema is closed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { removed } from '../builders/folders';
import { startPlain, type Crema } from './crema';
import { atRate, CountingMachine } from './machines';
import { MemoryWatch } from './memory';
import { recorded } from './onRecord';
import type { Tally } from './tally';
import { playShare, type Share, type World } from './world';

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;
const jumps = [
  second,
  30 * second,
  10 * 60 * second,
  hour,
  25 * hour,
  40 * day,
  400 * day,
  7_000 * day,
] as const;
const perSecond = 100;
/** Parallel tries: most of their time is a wait. */
const lanes = 3;

/** Loaded first by every thread: a file has the offset of the clock. Only `Date.now` jumps, not the times of SQLite or a file system. */
function clockOf(
  world: World,
  lane: number,
): { readonly script: string; readonly set: (ahead: number) => void } {
  const file = join(world.bundles.directory, `clock-ahead-${lane}.txt`);
  const script = join(world.bundles.directory, `clock-jumps-${lane}.cjs`);
  writeFileSync(
    script,
    `const { readFileSync } = require('node:fs');
const { now } = Date;
let ahead = 0;
let read = -1;
Date.now = () => {
  const at = performance.now();
  if (at - read > 20) {
    read = at;
    ahead = Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
  }
  return now() + ahead;
};
`,
  );
  const set = (ahead: number): void => writeFileSync(file, String(ahead));
  set(0);
  return { script, set };
}

export async function playClockJumps(share: Share, tally: Tally, world: World): Promise<void> {
  const seeds = world.random.fork('clock');
  const play = async (turn: number, lane: number): Promise<void> => {
    const random = seeds.fork(turn);
    const clock = clockOf(world, lane);
    const good = world.good(lane);
    const folder = world.newFolder();
    const drawn = Array.from({ length: 4 }, () => random.pick(jumps) * (random.chance(0.5) ? 1 : -1));
    const what = `clock ${turn}, jumps of ${drawn.map((ms) => ms / second).join(', ')} s`;
    tally.tried += 1;
    let ahead = 0;
    let crema: Crema | null = null;
    try {
      crema = await startPlain(world, folder, clock.script);
      const memory = new MemoryWatch(crema.pid);
      const machines: CountingMachine[] = [];
      for (let n = 0; n < 4; n += 1) machines.push(await CountingMachine.open(crema.port, 55_000 + n));
      await good.begin(crema.port);
      const stop = atRate(machines, perSecond);
      for (const jump of drawn.slice(1)) {
        await pause(random.int(200, 600));
        clock.set((ahead += jump));
      }
      await pause(400);
      stop();
      await Promise.all(machines.map(async (machine) => machine.until(machine.sent)));
      const { p99, longest, isLost } = await good.end();
      tally.waited(p99, longest);
      if (isLost || machines.some(({ socket }) => socket.destroyed))
        tally.die(`${what}: a machine was let go of`);
      tally.used(memory.stop());
      if ((await crema.end()) !== 0) tally.die(`${what}: it did not end in order`);
      clock.set((ahead += drawn[0] ?? 0));
      crema = await startPlain(world, folder, clock.script);
      await pause(300);
      const { heartbeats, open } = recorded(folder);
      for (const { vmcNo, answered } of machines) {
        const lost = answered - (heartbeats.get(vmcNo)?.size ?? 0);
        tally.lose(Math.max(0, lost), false, `${what}: ${lost} of ${answered} answered frames`);
      }
      tally.lose(open.size, false, `${what}: ${open.size} connections have no end on record`);
      if ((await crema.end()) !== 0) tally.die(`${what}: the next run did not end in order`);
    } catch (error) {
      tally.die(`${what}: ${String(error)}`);
      await crema?.kill();
    }
    await removed(folder);
  };
  await playShare(share, play, lanes);
}
