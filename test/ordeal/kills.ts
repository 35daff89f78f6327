/** kill -9 at any moment: compares answered frames and queued commands with the contents after the next start. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandName } from '#shared/commands/index';
import { removed } from '../builders/folders';
import { startPlain, startWindowed, type Crema } from './crema';
import { atRate, CountingMachine } from './machines';
import { MemoryWatch } from './memory';
import { lastEntry, recorded, type Recorded } from './onRecord';
import { killBound, type Tally } from './tally';
import { playShare, type Share, type World } from './world';

/** ms between two checks of the journal for the ends of connections, and how many. */
const [checkEvery, checks] = [50, 100] as const;
/** Kills after which a new folder is begun, so that starts stay short. */
const killsOfFolder = 10;

/** Known machines that are offline: commands to them wait. */
const away = [51_001, 51_002, 51_003, 51_004, 51_005, 51_006] as const;
const commands: readonly CommandName[] = ['queryStatus', 'querySupplies', 'reboot'];

export type Load = 'load' | 'overload';

interface Queued {
  readonly id: number;
  readonly vmcNo: number;
}

/** Gives commands until Crema has ended. */
async function giveCommands(crema: Crema, isOver: () => boolean): Promise<readonly Queued[]> {
  const queued: Queued[] = [];
  for (let n = 0; !isOver() && n < away.length * commands.length; n += 1) {
    const vmcNo = away[n % away.length] ?? away[0];
    const name = commands[Math.floor(n / away.length)] ?? 'queryStatus';
    try {
      const { id } = await crema.ask('command', { vmcNo, name, input: {} });
      queued.push({ id, vmcNo });
    } catch {
      // Refused, or killed during the request.
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

/** Answered heartbeats that are not recorded: their number, and ms between the oldest such answer and the end. */
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
    if (found.open.size === 0 || tries === checks) return found;
    await pause(checkEvery);
  }
}

/** Kills the services in plain Node, or the real app. */
export async function playKills(
  kind: Load,
  isWindowed: boolean,
  share: Share,
  tally: Tally,
  world: World,
): Promise<void> {
  const drawn = world.random.fork(`kill ${kind}${isWindowed ? ' app' : ''}`);
  let folder = '';
  const play = async (turn: number, started: Crema[]): Promise<void> => {
    if (folder === '' || turn % killsOfFolder === 0) {
      if (folder !== '') await removed(folder);
      folder = world.newFolder();
    }
    const wait = drawn.fork(turn).int(300, 2_500);
    const what = `try ${turn}: kill ${wait} ms after the first frame`;
    tally.tried += 1;
    const crema = await (isWindowed ? startWindowed(folder) : startPlain(world, folder));
    started.push(crema);
    const memory = new MemoryWatch(crema.pid);
    await logInOnce(crema.port);
    const good = kind === 'load' ? world.good() : null;
    await good?.begin(crema.port);
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
    const waits = await good?.end();
    if (waits !== undefined) tally.waited(waits.p99, waits.longest);
    const queued = await giving;

    world.spoil(folder);
    const next = await startPlain(world, folder);
    started.push(next);
    const { heartbeats, open } = await recordedAfter(folder, after);
    let answered = 0;
    for (const machine of machines) {
      answered += machine.answered;
      const found = heartbeats.get(machine.vmcNo) ?? new Set<number>();
      const { missing, age, isHole } = missingOf(machine, found, killedAt);
      tally.lostAge(age);
      tally.lose(
        missing,
        age <= killBound && !isHole,
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
  };
  // One after the other: a parallel start would use up the time for which the bound holds.
  await playShare(share, async (turn) => {
    const started: Crema[] = [];
    try {
      await play(turn, started);
    } catch (error) {
      tally.die(`try ${turn}: ${String(error)}`);
    } finally {
      for (const crema of started) await crema.kill();
    }
  });
  if (folder !== '') await removed(folder);
}
