/** SIGTERM to every process of Crema at once, as at a log-out: it must stop cleanly. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { removed } from '../builders/folders';
import { atRate, CountingMachine } from './machines';
import { recorded } from './onRecord';
import { Program } from './program';
import type { Tally } from './tally';
import { playShare, type Share, type World } from './world';

const perSecond = 200;
/** Parallel tries. */
const lanes = 2;

function notesOf(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, 'crashes'));
  } catch {
    return [];
  }
}

/** The real app and the services in plain Node in turn. */
export async function playTerminated(share: Share, tally: Tally, world: World): Promise<void> {
  const seeds = world.random.fork('SIGTERM');
  const play = async (turn: number): Promise<void> => {
    const folder = world.newFolder();
    const isWindowed = world.hasWindow && turn % 2 === 0;
    const wait = seeds.fork(turn).int(0, 1_500);
    const what = `SIGTERM ${turn} to the group, after ${wait} ms of load${isWindowed ? ', with the window' : ''}`;
    tally.tried += 1;
    const program = new Program(world, folder, isWindowed);
    try {
      const port = await program.port();
      const machines: CountingMachine[] = [];
      for (let n = 0; n < 4; n += 1) machines.push(await CountingMachine.open(port, 54_000 + n));
      const stop = atRate(machines, perSecond);
      await pause(wait);
      program.signalGroup('SIGTERM');
      const { code, signal } = await program.ended;
      stop();
      await Promise.all(machines.map(async ({ ended }) => ended));
      if (signal !== null || code !== 0) tally.die(`${what}: ended by ${signal ?? `exit code ${code}`}`);
      const notes = notesOf(folder);
      if (notes.length > 0) tally.die(`${what}: crash notes ${notes.join(', ')}`);
      const { heartbeats, open } = recorded(folder);
      for (const { vmcNo, answered } of machines) {
        const lost = answered - (heartbeats.get(vmcNo)?.size ?? 0);
        tally.lose(Math.max(0, lost), false, `${what}: ${lost} of ${answered} answered frames`);
      }
      tally.lose(open.size, false, `${what}: ${open.size} connections have no end on record`);
    } catch (error) {
      tally.die(`${what}: ${String(error)}`);
      program.signal('SIGKILL');
      await program.ended;
    }
    await removed(folder);
  };
  await playShare(share, play, lanes);
}
