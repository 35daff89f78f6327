/** After a killed run, the next run records lost connections and restores machine states. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StoredEntry } from '#shared/model/frame';
import { JournalClient } from '../../src/main/journal/client/journalClient';
import { checkpointInterval } from '../../src/main/machines/server/checkpoints';
import { startJournal, type ServerJournal } from '../../src/main/machines/server/journal';
import { Fleet } from '../../src/main/core/state/fleet';
import { appBundles, type Bundles } from '../builders/bundles';
import { connection, World } from '../builders/connection';
import { openStore } from '../builders/journal';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const directory = useFolder();
beforeAll(() => {
  bundles = appBundles();
});
afterEach(() => vi.useRealTimers());
afterAll(() => bundles.remove());

const file = (): string => directory('journal.sqlite');
const worker = (): string => join(bundles.directory, 'journalWorker.js');
const run = (fleet: Fleet): Promise<ServerJournal> =>
  startJournal(file(), worker(), fleet, {
    onError: (error) => {
      throw error;
    },
  });

/** The journal of a killed run: all entries, and machine states up to the checkpoint. */
async function killed(world: World, checkpoint: number): Promise<void> {
  const journal = new JournalClient(worker());
  await journal.open(file());
  const upTo = new Fleet();
  for (const entry of world.entries) {
    journal.add(entry);
    if (entry.id > checkpoint) continue;
    upTo.apply(entry);
    for (const [vmcNo, machine] of upTo.machines)
      journal.keepMachine(vmcNo, entry.id, JSON.stringify(machine));
  }
  await journal.close();
}

function entries(): readonly StoredEntry[] {
  const store = openStore(file());
  const all = store.entriesAfter(0, 10_000);
  store.close();
  return all;
}

const login = (vmcNo: number) =>
  ({ cmd: 'login', vmc_no: vmcNo, version: '1.0', linuxDriverVersion: '1.3' }) as const;

it('every open connection ends after the last recorded frame, with this reason', async () => {
  const world = new World();
  const first = connection({}, world).receives(login(33232));
  connection({}, world);
  world.now += 1_000;
  const second = connection({}, world).receives(login(44401));
  // The last frame is outgoing and newer than the last incoming one.
  world.now += 5_000;
  first.tells({ cmd: 'statusquery', vmc_no: 33232 });
  const last = world.entries.at(-1);
  if (last === undefined) throw new Error('nothing was recorded');
  // The connection that never sent a machine number began before the states were written.
  await killed(world, 5);

  const fleet = new Fleet();
  const kept = await run(fleet);
  await kept.close();
  const ends = entries().filter(({ kind }) => kind === 'closed');
  expect(new Set(ends.map(({ conn }) => conn))).toEqual(new Set([first.conn, 2, second.conn]));
  for (const end of ends) {
    expect(end).toMatchObject({ reason: 'killed' });
    expect(end.id).toBeGreaterThan(last.id);
    expect(end.at).toBeGreaterThanOrEqual(last.at);
  }
  expect(fleet.machine(33232)?.link).toMatchObject({ status: 'offline', since: last.at, reason: 'killed' });
});

it('a machine that logs in on a connection that began before the states were written is known', async () => {
  const world = new World();
  const other = connection({}, world).receives(login(44401));
  const machine = connection({}, world);
  const checkpoint = world.entries.at(-1)?.id ?? 0;
  machine.receives(login(33232));
  other.receives({ cmd: 'hb', vmc_no: 44401 });
  await killed(world, checkpoint);

  const fleet = new Fleet();
  const kept = await run(fleet);
  await kept.close();
  expect(fleet.machine(33232)).toMatchObject({ link: { reason: 'killed' }, counts: { framesIn: 1 } });
});

it('states folded again after a kill are known to the next run but one too', async () => {
  const world = new World();
  const stays = connection({}, world).receives(login(44401));
  const checkpoint = world.entries.at(-1)?.id ?? 0;
  // This connection began and ended after the states were written.
  connection({}, world).receives(login(33232)).hangsUp();
  stays.receives({ cmd: 'hb', vmc_no: 44401 });
  await killed(world, checkpoint);

  const second = await run(new Fleet());
  await second.close();
  const fleet = new Fleet();
  const third = await run(fleet);
  await third.close();
  expect(new Set(fleet.machines.keys())).toEqual(new Set([33232, 44401]));
});

describe('a connection that took another number after a checkpoint', () => {
  /** The next launch: the state of the first number, and the ends on record. */
  async function restarted() {
    const fleet = new Fleet();
    const kept = await run(fleet);
    await kept.close();
    return { link: fleet.machine(33232)?.link, ends: entries().filter(({ kind }) => kind === 'closed') };
  }
  const offline = { status: 'offline', reason: 'replaced' };

  it('has ended once', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const kept = await run(new Fleet());
    const world = new World();
    world.entryLog.onEntry((entry) => void kept.entryLog.record(entry));
    const machine = connection({}, world).receives(login(33232));
    vi.advanceTimersByTime(checkpointInterval);
    machine.receives(login(44401)).hangsUp();
    await kept.settle();
    await kept.close();
    const { link, ends } = await restarted();
    expect(link).toMatchObject(offline);
    expect(ends).toMatchObject([{ reason: 'machineClosed' }]);
  });

  it('has ended once in a killed run too', async () => {
    const world = new World();
    const machine = connection({}, world).receives(login(33232));
    const checkpoint = world.entries.at(-1)?.id ?? 0;
    machine.receives(login(44401)).hangsUp();
    await killed(world, checkpoint);
    const second = await run(new Fleet());
    await second.close();
    const { link, ends } = await restarted();
    expect(link).toMatchObject(offline);
    expect(ends).toMatchObject([{ reason: 'machineClosed' }]);
  });
});

it('for a machine that was about to restart, the record shows that Crema was off meanwhile', async () => {
  const world = new World();
  const play = connection({}, world).receives(login(7));
  play.tells({ cmd: 'reboot', vmc_no: 7 });
  play.hangsUp();
  connection({}, world).receives(login(8)).hangsUp();
  await killed(world, Infinity);
  const fleet = new Fleet();
  const journal = await run(fleet);
  await journal.close();
  const remarked = entries().flatMap((entry) =>
    entry.kind === 'finding' ? [`${entry.vmcNo} ${entry.finding.code}`] : [],
  );
  expect(remarked).toContain('7 link.startedAnew');
  expect(remarked).not.toContain('8 link.startedAnew');
  expect(fleet.machine(7)?.findings['link.startedAnew']?.times).toBe(1);
});
