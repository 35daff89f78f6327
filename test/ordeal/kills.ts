/** kill -9 at any moment: what was answered and what was queued, against what the next start finds. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandName } from '#shared/commands/index';
import { removed } from '../builders/removed';
import { startPlain, startWindowed, type Crema } from './crema';
import { atRate, CountingMachine } from './machines';
import { MemoryWatch } from './memory';
import { lastEntry, recorded, type Recorded } from './onRecord';
import type { Tally } from './tally';
import { playShare, type Share, type World } from './world';

/** ms: what was answered so long before the end is on disk. Younger answers may be lost; the documents say so. */
const bound = 500;
/** Every so many the real app is killed. */
const windowedEvery = 10;
/** Kills after which a new folder is begun, so that starts stay short. */
const killsOfFolder = 10;

/** Machines that are known and away: commands to them wait. */
const away = [51_001, 51_002, 51_003, 51_004, 51_005, 51_006] as const;
const commands: readonly CommandName[] = ['queryStatus', 'querySupplies', 'reboot'];

interface Queued {
  readonly id: number;
  readonly vmcNo: number;
}

/** Gives commands until Crema is gone. */
async function giveCommands(crema: Crema, isOver: () => boolean): Promise<readonly Queued[]> {
  const queued: Queued[] = [];
  for (let n = 0; !isOver() && n < away.length * commands.length; n += 1) {
    const vmcNo = away[n % away.length] ?? away[0];
    const name = commands[Math.floor(n / away.length)] ?? 'queryStatus';
    try {
      const { id } = await crema.ask('command', { vmcNo, name, input: {} });
      queued.push({ id, vmcNo });
    } catch {
      // Refused, or it was killed while it was asked.
    }
    await pause(40);
  }
  return queued;
}

async function logInOnce(port: number): Promise<void> {
  for (const vmcNo of away) {
    const machine = await CountingMachine.open(port, vmcNo);
    machine.socket.destroy();
  }
}

/** Answered heartbeats that are not on record: how many, and ms between the oldest such answer and the end. */
function missingOf(
  machine: CountingMachine,
  found: ReadonlySet<number>,
  killedAt: number,
): { readonly missing: number; readonly age: number; readonly isHole: boolean } {
  let missing = 0;
  let oldest = 0;
  for (let n = 1; n <= machine.answered; n += 1) {
    if (found.has(n)) continue;
    missing += 1;
    oldest ||= n;
  }
  const at = machine.answers.find(({ count }) => count >= oldest)?.at ?? killedAt;
  const isHole = missing > 0 && [...found].some((n) => n > oldest);
  return { missing, age: missing === 0 ? 0 : Math.max(0, killedAt - at), isHole };
}

/** The end of each connection is recorded soon after the start. */
async function recordedAfter(folder: string, after: number): Promise<Recorded> {
  for (let tries = 0; ; tries += 1) {
    const found = recorded(folder, after);
    if (found.open.size === 0 || tries === 20) return found;
    await pause(250);
  }
}

export async function playKills(
  kind: 'load' | 'overload',
  share: Share,
  tally: Tally,
  world: World,
): Promise<void> {
  const random = world.random.fork(`kill ${kind}`);
  let folder = '';
  let worst = 0;
  await playShare(share, async (turn) => {
    const isWindowed = world.hasWindow && turn % windowedEvery === windowedEvery - 1;
    if (turn % killsOfFolder === 0) {
      if (folder !== '') await removed(folder);
      folder = world.newFolder();
    }
    const wait = random.int(300, 2_500);
    const what = `kill ${turn} at ${kind}, ${wait} ms after the first frame${isWindowed ? ', with the window' : ''}`;
    tally.tried += 1;
    let crema: Crema;
    try {
      crema = isWindowed ? await startWindowed(folder) : await startPlain(world, folder);
    } catch (error) {
      tally.die(`${what}: no start: ${String(error)}`);
      return;
    }
    const memory = new MemoryWatch(crema.pid);
    await logInOnce(crema.port);
    if (kind === 'load') await world.good.begin(crema.port);
    const after = lastEntry(folder);
    const count = kind === 'load' ? 20 : 8;
    const machines = await Promise.all(
      Array.from({ length: count }, (_, n) => CountingMachine.open(crema.port, 52_000 + n)),
    );
    let isOver = false;
    const stop = kind === 'load' ? atRate(machines, 500) : () => undefined;
    if (kind === 'overload') for (const machine of machines) machine.flood();
    const giving = giveCommands(crema, () => isOver);
    await pause(wait);
    const killedAt = performance.now();
    const killing = crema.kill();
    isOver = true;
    tally.used(memory.stop());
    await killing;
    stop();
    await Promise.all(machines.map(({ ended }) => ended));
    if (kind === 'load') {
      const { p99, longest } = await world.good.end();
      tally.waited(p99, longest);
    }
    const queued = await giving;

    world.spoil(folder);
    let next: Crema;
    try {
      next = await startPlain(world, folder);
    } catch (error) {
      tally.die(`${what}: the next start failed: ${String(error)}`);
      return;
    }
    const { heartbeats, open } = await recordedAfter(folder, after);
    let answered = 0;
    for (const machine of machines) {
      answered += machine.answered;
      const found = heartbeats.get(machine.vmcNo) ?? new Set<number>();
      const { missing, age, isHole } = missingOf(machine, found, killedAt);
      worst = Math.max(worst, age);
      tally.lose(
        missing,
        age <= bound && !isHole,
        `${what}: ${missing} of ${machine.answered} answered frames, the oldest ${Math.round(age)} ms before${isHole ? ', with later ones on record' : ''}`,
      );
    }
    if (answered === 0) tally.die(`${what}: no frame was answered`);
    tally.lose(open.size, false, `${what}: ${open.size} connections have no end on record`);
    const known = new Set<number>();
    for (const vmcNo of new Set(queued.map((command) => command.vmcNo)))
      for (const { id } of await next.ask('commands', { vmcNo, before: null, limit: 500 })) known.add(id);
    const gone = queued.filter(({ id }) => !known.has(id));
    tally.lose(gone.length, false, `${what}: ${gone.length} of ${queued.length} queued commands`);
    if ((await next.end()) !== 0) tally.die(`${what}: the next run did not end in order`);
  });
  tally.how = `answers lost were at most ${Math.round(worst)} ms old; the bound is ${bound} ms`;
  if (folder !== '') await removed(folder);
}
