/**
 * Rollouts over 24 virtual machines of both platforms, in a Crema that is killed twice in the middle of them. They really download, restart and log in;
 * some break off, continue, apply nothing, vanish or return with another version. Upgrade commands are counted where they arrive.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import { openLineStates, rolloutWaves, type Run, type RunMachine } from '#shared/model/run';
import type { Platform } from '#shared/model/machine';
import type { UpgradeFault } from '#shared/model/simulator';
import { fastClock } from '../builders/fastClock';
import { Machine } from '../../src/main/tools/simulator/machine';
import { Random } from '../../src/main/tools/simulator/random';
import { tcpDial, type Dial } from '../../src/main/tools/simulator/transport';
import { fetchPlain, postFile, type Fetch } from '../../src/main/tools/simulator/web';
import { AskedCrema, bundleAsked } from '../builders/asked';
import type { Bundles } from '../builders/bundles';
import { ownPort } from '../builders/ports';
import { useFolder } from '../builders/useFolder';
import { zipOf } from '../builders/zips';

const version = '3.2.1';
const perPlatform = 12;
/** Faults by place in the run; all other machines work correctly. */
const faults: Readonly<Record<number, UpgradeFault>> = {
  2: 'upgradeResumes',
  4: 'upgradeStops',
  6: 'upgradeNotApplied',
  8: 'upgradeVanishes',
  10: 'upgradeOtherVersion',
};
/** Off while the rollouts start. */
const away: ReadonlySet<number> = new Set([5, 11]);

let bundles: Bundles;
const folder = useFolder();
let crema: AskedCrema | null = null;
const machines = new Map<number, Machine>();
/** The number of upgrade commands that arrived at each machine. */
const told = new Map<number, number>();
let onTold: () => void = () => undefined;
/** Downloads of each machine: begun, and running now. */
const fetches = new Map<number, { begun: number; running: number }>();

beforeAll(async () => {
  bundles = await bundleAsked();
});
beforeEach(() => {
  for (const earlier of [machines, told, fetches]) earlier.clear();
});
afterEach(async () => {
  for (const machine of machines.values()) machine.stop();
  await crema?.kill();
});
afterAll(() => bundles.remove());

/** Counts upgrades among incoming frames. */
function listening(dial: Dial): Dial {
  return (events) => {
    let text = '';
    return dial({
      ...events,
      opened: (port) => events.opened(port),
      drained: () => events.drained(),
      closed: () => events.closed(),
      received: (bytes) => {
        text += Buffer.from(bytes).toString('latin1');
        for (;;) {
          const found = /"cmd"\s*:\s*"upgrade"[^}]*?"vmc_no"\s*:\s*(\d+)/.exec(text);
          if (found === null) break;
          text = text.slice(found.index + found[0].length);
          const vmcNo = Number(found[1]);
          told.set(vmcNo, (told.get(vmcNo) ?? 0) + 1);
          onTold();
        }
        events.received(bytes);
      },
    });
  };
}

/** Records the downloads of a machine. */
const noting =
  (number: number): Fetch =>
  async (url, how) => {
    const mine = fetches.get(number) ?? { begun: 0, running: 0 };
    fetches.set(number, mine);
    mine.begun += 1;
    mine.running += 1;
    try {
      return await fetchPlain(url, how);
    } finally {
      mine.running -= 1;
    }
  };

function machineAt(port: number, number: number, platform: Platform): Machine {
  const machine = new Machine({
    number,
    platform,
    head: null,
    code: '00000000',
    random: new Random(number),
    // It restarts within a second, and notices after some seconds that Crema was killed.
    pace: 1,
    clock: fastClock(15),
    dial: listening(tcpDial('127.0.0.1', port)),
    counters: { sent: 0, received: 0, lost: 0 },
    notifyBase: null,
    rareSpelling: false,
    answering: 'truly',
    fetch: noting(number),
    post: postFile,
    lives: false,
    onPort: () => undefined,
  });
  machines.set(number, machine);
  return machine;
}

/** The numbers of a platform's machines, in the order of their run. */
const numbersOf = (platform: Platform): readonly number[] =>
  Array.from({ length: perPlatform }, (_, at) => (platform === 'linux' ? 71_000 : 72_000) + at);
const placeOf = (vmcNo: number): number => vmcNo % 1_000;

async function start(ports: { machines: number; updates: number }, ahead = 0): Promise<AskedCrema> {
  const listen = (name: string, port: number): string => `--${name}-listen=127.0.0.1:${port}`;
  const started = new AskedCrema(
    bundles.directory,
    [listen('machine', ports.machines), listen('update', ports.updates), `--data-dir=${folder('data')}`],
    ahead,
  );
  crema = started;
  await started.started;
  return started;
}

async function addPackage(asked: AskedCrema, platform: Platform, brings = version): Promise<string> {
  const file = folder(`${platform}_${brings}.zip`);
  writeFileSync(file, await zipOf({ [`${platform}/main`]: randomBytes(300_000) }, false));
  const added = await asked.ask('choosePackage', { expected: '' }, file);
  if (added === null) throw new Error('no package');
  const androidType = platform === 'android' ? 'app' : null;
  await asked.ask('changePackage', { id: added.id, patch: { version: brings, platform, androidType } });
  return added.id;
}

interface State {
  readonly runs: readonly Run[];
  readonly lines: readonly RunMachine[];
}
async function stateOf(asked: AskedCrema): Promise<State> {
  const runs = (await asked.ask('runs', { before: null, limit: 10 })).toReversed();
  const lines: RunMachine[] = [];
  for (const { id } of runs) lines.push(...(await asked.ask('runLines', { run: id })));
  return { runs, lines };
}

/** Whether `are` holds for at least `count` machines of each platform. */
const ofEach = (count: number, are: (vmcNo: number) => boolean): boolean =>
  (['linux', 'android'] as const).every((platform) => numbersOf(platform).filter(are).length >= count);

/** Resolves as soon as `count` machines of each platform received the command. */
const toldTo = (count: number): Promise<void> =>
  new Promise((resolve) => {
    onTold = () => {
      if (ofEach(count, (vmcNo) => told.has(vmcNo))) resolve();
    };
    onTold();
  });

/** Machines with an unknown result: Crema was killed between the disk write and the send. */
async function perhapsTold(asked: AskedCrema): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const { id } of (await stateOf(asked)).runs)
    for (const { vmcNo, steps } of await asked.ask('runCommands', { run: id }))
      if (steps.some(({ what }) => what === 'sentPerhaps')) found.add(vmcNo);
  return found;
}

const patience = { timeout: 60_000, interval: 100 };
const runsIt = (vmcNo: number): boolean => machines.get(vmcNo)?.cabinet.versions.program === version;
const isGood = (vmcNo: number): boolean => {
  const fault = faults[placeOf(vmcNo)];
  return fault === undefined || fault === 'upgradeResumes';
};

it('killed twice in mid-rollout, each machine gets at most one command, and each reported state is true', async () => {
  const ports = { machines: await ownPort(), updates: await ownPort() };
  const first = await start(ports);
  const packages = { linux: await addPackage(first, 'linux'), android: await addPackage(first, 'android') };
  const all = [...numbersOf('linux'), ...numbersOf('android')];
  for (const platform of ['linux', 'android'] as const)
    for (const vmcNo of numbersOf(platform)) {
      const machine = machineAt(ports.machines, vmcNo, platform);
      const fault = faults[placeOf(vmcNo)];
      if (fault !== undefined) machine.setMisbehaviour(fault, true);
      machine.start();
    }
  const versionBefore = machines.get(numbersOf('linux')[0] ?? 0)?.cabinet.versions.program;
  const previewOf = async (asked: AskedCrema, packageId: string, vmcNos: readonly number[] = all) =>
    asked.ask('previewRun', {
      machines: [...vmcNos],
      steps: [{ do: 'command', name: 'upgrade', input: { packageId } }],
    });
  await expect
    .poll(
      async () => (await previewOf(first, packages.linux)).filter(({ online }) => online).length,
      patience,
    )
    .toBe(all.length);
  for (const vmcNo of all) if (away.has(placeOf(vmcNo))) machines.get(vmcNo)?.stop();
  await expect
    .poll(
      async () => (await previewOf(first, packages.linux)).filter(({ online }) => online).length,
      patience,
    )
    .toBe(all.length - 2 * away.size);

  for (const platform of ['linux', 'android'] as const) {
    // The request has all of them, as a person would choose; those of the second run are in a run by then.
    const looked = await previewOf(
      first,
      packages[platform],
      platform === 'linux' ? all : numbersOf(platform),
    );
    const leftOut = looked.flatMap(({ vmcNo, refused }) =>
      refused === null ? [] : [{ vmcNo, step: refused.step, error: refused.error }],
    );
    expect(leftOut.map(({ vmcNo, error }) => [vmcNo, error.code])).toEqual(
      platform === 'linux' ? numbersOf('android').map((vmcNo) => [vmcNo, 'packageWrongPlatform']) : [],
    );
    await first.ask('startRun', {
      title: null,
      steps: [{ do: 'command', name: 'upgrade', input: { packageId: packages[platform] } }],
      machines: [...numbersOf(platform)],
      leftOut,
      waves: { ...rolloutWaves, atOnce: null, pause: 0, stopAfter: null },
    });
  }
  // Both first machines have proved it, and others have begun.
  await toldTo(3);
  await first.kill();

  const second = await start(ports);
  // The kill may have come before all but a few of one platform.
  await expect
    .poll(async () => {
      const perhaps = await perhapsTold(second);
      return ofEach(6, (vmcNo) => told.has(vmcNo) || perhaps.has(vmcNo));
    }, patience)
    .toBe(true);
  // Answered requests are on disk, even if the kill follows at once. While runs are paused, no command is sent.
  for (const { id } of (await stateOf(second)).runs) await second.ask('controlRun', { id, to: 'pause' });
  await second.kill();

  const third = await start(ports);
  const paused = (await stateOf(third)).runs;
  expect(paused.map(({ state, paused: why }) => [state, why])).toEqual([
    ['paused', 'byPerson'],
    ['paused', 'byPerson'],
  ]);
  for (const { id } of paused) await third.ask('controlRun', { id, to: 'resume' });
  /** Machines that run the package have reported it, and no machine downloads. A kill may have ended a download for good. */
  const waiting = new Map<number, string>();
  const isSettled = ({ vmcNo, state }: RunMachine): boolean => {
    if (away.has(placeOf(vmcNo)) || state === 'leftOut') return true;
    const { begun, running } = fetches.get(vmcNo) ?? { begun: 0, running: 0 };
    // It may have received the command as Crema was killed; a command that waited for its send is `sent`.
    if (!told.has(vmcNo)) return state === 'running' && waiting.get(vmcNo) === 'sent';
    return begun > 0 && running === 0 && (state === 'done') === runsIt(vmcNo);
  };
  await expect
    .poll(async () => {
      const { lines } = await stateOf(third);
      for (const { id } of paused)
        for (const { vmcNo, state } of await third.ask('runCommands', { run: id })) waiting.set(vmcNo, state);
      return lines.filter((line) => !isSettled(line));
    }, patience)
    .toEqual([]);
  expect(all.filter((vmcNo) => away.has(placeOf(vmcNo)) && told.has(vmcNo))).toEqual([]);
  await third.end();

  // Hours later, overdue steps are reported as such, and absent machines get their turn.
  const fourth = await start(ports, 2 * 3_600_000);
  for (const vmcNo of all) if (away.has(placeOf(vmcNo))) machines.get(vmcNo)?.start();
  await expect
    .poll(async () => {
      const { runs, lines } = await stateOf(fourth);
      const open = lines.filter(({ state }) => openLineStates.has(state));
      return [
        runs.map(({ state, waits }) => [state, waits]),
        open.map(({ vmcNo, state, steps }) => [vmcNo, state, steps.at(-1)?.last?.what]),
      ];
    }, patience)
    .toEqual([
      [
        ['ended', null],
        ['ended', null],
      ],
      [],
    ]);

  const { runs, lines } = await stateOf(fourth);
  expect(runs).toMatchObject([
    { end: 'finished', first: 'proved' },
    { end: 'finished', first: 'proved' },
  ]);
  const commands = new Map<number, Command>();
  for (const { id } of runs)
    for (const command of await fourth.ask('runCommands', { run: id })) commands.set(command.id, command);
  const mine = lines.filter(({ state }) => state !== 'leftOut');
  expect(mine.map(({ vmcNo }) => vmcNo)).toEqual(all);
  for (const { vmcNo, state, steps } of mine) {
    const command = commands.get(steps.at(-1)?.command ?? 0);
    const times = told.get(vmcNo) ?? 0;
    // After a kill between disk write and send, the result is unknown and shown as unknown.
    const isPerhaps = command?.steps.some(({ what }) => what === 'sentPerhaps') ?? false;
    expect([vmcNo, times]).toEqual([vmcNo, isPerhaps && times === 0 ? 0 : 1]);
    expect([vmcNo, state]).toEqual([vmcNo, runsIt(vmcNo) ? 'done' : 'failed']);
  }
  expect(all.filter((vmcNo) => !isGood(vmcNo) && runsIt(vmcNo))).toEqual([]);

  // A person starts the failed machines again, and by then they behave correctly.
  const before = new Map(told);
  const failed = new Set(mine.filter(({ state }) => state === 'failed').map(({ vmcNo }) => vmcNo));
  for (const machine of machines.values())
    for (const fault of Object.values(faults)) machine.setMisbehaviour(fault, false);
  await expect
    .poll(
      async () => (await previewOf(fourth, packages.linux)).filter(({ online }) => online).length,
      patience,
    )
    .toBe(all.length);
  for (const { id } of runs) await fourth.ask('retryRun', { run: id });
  await expect
    .poll(
      async () => (await stateOf(fourth)).runs.map(({ state, counts }) => [state, counts.failed]),
      patience,
    )
    .toEqual([
      ['ended', runs[0]?.counts.failed],
      ['ended', runs[1]?.counts.failed],
      ['ended', 0],
      ['ended', 0],
    ]);
  for (const vmcNo of all) {
    expect([vmcNo, runsIt(vmcNo)]).toEqual([vmcNo, true]);
    expect(told.get(vmcNo)).toBe((before.get(vmcNo) ?? 0) + (failed.has(vmcNo) ? 1 : 0));
  }

  // Downgrade on request: a package with the earlier version is in the library.
  const [linux] = runs;
  if (linux === undefined || versionBefore === undefined) throw new Error('no run');
  expect(await fourth.ask('wayBack', { run: linux.id })).toMatchObject({ groups: [] });
  await addPackage(fourth, 'linux', versionBefore);
  const { groups } = await fourth.ask('wayBack', { run: linux.id });
  const shown = groups.map(({ packageId, machines: numbers, leftOut }) => ({
    packageId,
    machines: [...numbers],
    leftOut: [...leftOut],
  }));
  const back = await fourth.ask('goBack', { run: linux.id, groups: shown });
  expect(back).toMatchObject({
    runs: [{ machines: perPlatform, counts: { leftOut: 0 } }],
    changed: [],
  });
  await expect
    .poll(async () => (await stateOf(fourth)).runs.at(-1), patience)
    .toMatchObject({ id: back.runs[0]?.id, state: 'ended', first: 'proved', counts: { done: perPlatform } });
  for (const vmcNo of numbersOf('linux'))
    expect(machines.get(vmcNo)?.cabinet.versions.program).toBe(versionBefore);
}, 300_000);
