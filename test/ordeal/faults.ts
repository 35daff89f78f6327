/** The data folder is taken from a running Crema: the disk is full or read-only, or the folder is deleted or replaced. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { removed } from '../builders/folders';
import { atRate, CountingMachine } from './machines';
import { MemoryWatch } from './memory';
import { recorded } from './onRecord';
import { Program } from './program';
import type { Tally } from './tally';
import { playShare, type Share, type World } from './world';

/** Small disks that root can make on Linux. */
const disks = {
  tmpfs: (folder: string): void => mount('-t', 'tmpfs', '-o', 'size=24m', 'none', folder),
  ext4: (folder: string): void => {
    const image = `${folder}.img`;
    writeFileSync(image, '');
    truncateSync(image, 64 << 20);
    execFileSync('mkfs.ext4', ['-q', '-F', image], { stdio: 'ignore' });
    mount('-o', 'loop', image, folder);
  },
} as const;

interface Fault {
  readonly disk: keyof typeof disks | null;
  /** Frames answered before the fault count too. */
  readonly countsBefore: boolean;
  readonly begin: (folder: string) => void;
  /** Ends the fault while Crema runs; `null`: the fault stays. */
  readonly end: ((folder: string) => void) | null;
  /** Runs after Crema has ended, so that its journal can be read. */
  readonly after: ((folder: string) => void) | null;
}

const mount = (...args: readonly string[]): void =>
  void execFileSync('mount', [...args], { stdio: 'ignore' });
const unmount = (folder: string): void =>
  void execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });

/** The names of files that fill a disk. */
const filler = 'filler-';

function fill(folder: string): void {
  for (let part = 0, size = 1 << 20; size >= 1; part += 1) {
    try {
      writeFileSync(join(folder, `${filler}${part}`), Buffer.alloc(size));
    } catch {
      size >>= 1;
    }
  }
}

function unfill(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith(filler)) rmSync(join(folder, name));
}

export const faults = {
  'disk full': { disk: 'tmpfs', countsBefore: true, begin: fill, end: unfill, after: unfill },
  /** As the kernel does after a disk error: data not synchronised by then is lost to the disk. */
  'read-only': {
    disk: 'ext4',
    countsBefore: false,
    begin: (folder) => mount('-o', 'remount,abort', folder),
    end: null,
    after: (folder) => {
      execFileSync('umount', [folder], { stdio: 'ignore' });
      mount('-o', 'loop', `${folder}.img`, folder);
    },
  },
  /** The journal at the path lacks the frames answered before; the exit code reports it. */
  'folder deleted': {
    disk: null,
    countsBefore: true,
    begin: (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 }),
    end: null,
    after: null,
  },
  'folder replaced': {
    disk: null,
    countsBefore: true,
    begin: (folder) => {
      renameSync(folder, `${folder}-before`);
      mkdirSync(folder);
    },
    end: null,
    after: null,
  },
} as const satisfies Readonly<Record<string, Fault>>;
export type FaultName = keyof typeof faults;

/** Parallel tries: most of their time is a wait. */
const lanes = 4;
/** Every so many tries use the real app. */
const windowedEvery = 5;
/** ms after which a disk that was full or locked is tried again, with a margin. */
const recovery = 8_000;
const perSecond = 200;

/** Gives false if such a disk is not available. */
function mountDisk(disk: keyof typeof disks, folder: string): boolean {
  mkdirSync(folder);
  try {
    disks[disk](folder);
    return true;
  } catch {
    return false;
  }
}

/** Frames answered since `from`, by machine, that are not recorded. */
function lostOf(
  folder: string,
  machines: readonly CountingMachine[],
  from: ReadonlyMap<number, number>,
): number {
  let heartbeats: ReadonlyMap<number, ReadonlySet<number>>;
  try {
    ({ heartbeats } = recorded(folder));
  } catch {
    // There is no journal.
    heartbeats = new Map();
  }
  let lost = 0;
  for (const { vmcNo, answered } of machines)
    for (let n = (from.get(vmcNo) ?? 0) + 1; n <= answered; n += 1)
      if (heartbeats.get(vmcNo)?.has(n) !== true) lost += 1;
  return lost;
}

export async function playFault(name: FaultName, share: Share, tally: Tally, world: World): Promise<void> {
  const { disk, countsBefore, begin, end, after }: Fault = faults[name];
  const seeds = world.random.fork(name);
  if (disk !== null) tally.how = `on a small disk (${disk})`;
  const play = async (turn: number, lane: number): Promise<void> => {
    const random = seeds.fork(turn);
    const good = world.good(lane);
    const folder = world.newFolder();
    const isWindowed = world.hasWindow && turn % windowedEvery === windowedEvery - 1;
    /** Whether the fault ends before Crema is stopped. */
    const isOver = end !== null && random.chance(0.5);
    const wait = random.int(200, 2_000);
    const what = `${name} ${turn}, for ${wait} ms${isOver ? ', then as before' : ''}${isWindowed ? ', with the window' : ''}`;
    if (disk !== null && !mountDisk(disk, folder)) {
      tally.how = 'not played: only root on Linux can make a small disk';
      return;
    }
    tally.tried += 1;
    const program = new Program(world, folder, isWindowed);
    try {
      const port = await program.port();
      const memory = new MemoryWatch(program.pid);
      await good.begin(port);
      const machines: CountingMachine[] = [];
      for (let n = 0; n < 4; n += 1) machines.push(await CountingMachine.open(port, 53_000 + n));
      const stop = atRate(machines, perSecond);
      await pause(random.int(300, 1_000));
      begin(folder);
      const from = new Map(machines.map(({ vmcNo, sent }) => [vmcNo, countsBefore ? 0 : sent]));
      await pause(wait);
      if (isOver) {
        end(folder);
        await pause(recovery);
      }
      stop();
      await Promise.all(machines.map(async (machine) => machine.until(machine.sent)));
      const { p99, longest, isLost } = await good.end();
      tally.waited(p99, longest);
      if (isLost) tally.die(`${what}: a good machine was let go of`);
      tally.used(memory.stop());
      program.signal('SIGTERM');
      const { code, signal } = await program.ended;
      if (signal !== null) tally.die(`${what}: ended by ${signal}`);
      if (!isOver) after?.(folder);
      const lost = lostOf(folder, machines, from);
      const answered = machines.reduce((all, machine) => all + machine.answered, 0);
      tally.lose(lost, code !== 0, `${what}: ${lost} of ${answered} answered frames, and exit code 0`);
      // If earlier records went with the folder or the disk, Crema is right to report it.
      if (countsBefore && lost === 0 && code !== 0)
        tally.die(`${what}: exit code ${code}, though nothing is lost`);
      await startsAgain(world, folder, what, tally);
    } catch (error) {
      tally.die(`${what}: ${String(error)}`);
      program.signal('SIGKILL');
      await program.ended;
    } finally {
      if (disk !== null) unmount(folder);
      for (const made of [folder, `${folder}-before`, `${folder}.img`]) await removed(made);
    }
  };
  await playShare(share, play, lanes);
}

async function startsAgain(world: World, folder: string, what: string, tally: Tally): Promise<void> {
  const next = new Program(world, folder, false);
  try {
    await next.port();
  } catch (error) {
    tally.die(`${what}: the next start failed: ${String(error)}`);
    return;
  }
  next.signal('SIGTERM');
  const { code } = await next.ended;
  if (code !== 0) tally.die(`${what}: the next run ended with exit code ${code}`);
}
