import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// `#shared/…` is resolved by the "imports" of package.json, as everywhere else.
/** A state that is waited for comes when the computer gets to it; vitest itself gives up after a second. */
const patient = { poll: { timeout: 30_000 } };
/** Journeys that wait for machines, downloads and time limits for a third of their time or more, and how many seconds each takes alone. */
const waiting = {
  control: 73,
  day: 55,
  openedCaptures: 34,
  upgrades: 31,
  work: 31,
  peers: 25,
  packaged: 24,
  connectNamespace: 22,
  packages: 20,
  fullDisk: 20,
  ordersRoom: 18,
};
/** Integration tests of ten seconds and more, longest first, so that none is a tail that other workers wait for. */
const long = [
  'simulator',
  'serverThread',
  'rollout',
  'damagedJournal',
  'ordeal',
  'replayed',
  'hostConnections',
  'capture',
  'journalReader',
  'journalCli',
  'serverRoom',
  'silentStart',
  'journalClient',
  'fullDiskEnd',
  'recordedDay',
  'journalQuestions',
  'replayService',
  'simulatorHost',
  'truth',
  'folderGone',
].map((name) => `${name}.test.ts`);
const named = (names: readonly string[], files: readonly TestSpecification[]): TestSpecification[] =>
  names.flatMap((name) => files.filter(({ moduleId }) => basename(moduleId) === name));

class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is not one of an array
    const sorted = await super.sort(files);
    const journeys = sorted.filter(({ project }) => project.name === 'e2e');
    const first = named(
      long,
      sorted.filter(({ project }) => project.name === 'integration'),
    );
    const slow = Object.entries(waiting).flatMap(([name, seconds]) =>
      named([`${name}.test.ts`], journeys).map((file) => ({ file, seconds })),
    );
    const others = journeys.filter((one) => slow.every(({ file }) => file !== one));
    /** Of those that wait each begins when the one before it ends, the others evenly beside them, and short ones last. */
    const untilThen = (at: number): number =>
      slow.slice(0, at).reduce((all, { seconds }) => all + seconds, 0);
    const spread = [
      ...slow.map(({ file }, at) => ({ file, place: (0.9 * untilThen(at)) / untilThen(slow.length) })),
      ...others.map((file, at) => ({ file, place: at / others.length })),
    ]
      .toSorted((a, b) => a.place - b.place)
      .map(({ file }) => file);
    // Projects keep their own order, whatever stands first here.
    return [...new Set([...first, ...spread, ...sorted])];
  }
}

/** No file leaves anything in the modules that it shares with others: loading them anew for each costs a second of the processor. */
const isolate = false;
export default defineConfig({
  test: {
    sequence: { sequencer: Order },
    // Projects come one after the other, each with as many files at once as leave two cores little to wait for.
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/unit/**/*.test.{ts,tsx,mjs}'],
          isolate,
          // They hardly wait, and each worker loads all that they test.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          // Bundles the threads that some of them start.
          globalSetup: ['scripts/lib/unit-setup.mjs'],
          // Properties over hundreds of cases, on machines of any speed.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          isolate,
          // Most of what threads and disks are tested for is waiting.
          maxWorkers: 5,
          sequence: { groupOrder: 1 },
          include: ['test/integration/**/*.test.ts'],
          // Sees to the build, whose threads and programs the tests start.
          globalSetup: ['scripts/lib/integration-setup.mjs'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          isolate,
          // Of which one or two wait: what an app does, it does in several processes.
          maxWorkers: 4,
          // Workers mostly wait for the app, so that optimizing their code costs more than it saves.
          execArgv: ['--no-opt', '--no-maglev', '--single-threaded'],
          sequence: { groupOrder: 2 },
          include: ['test/e2e/**/*.test.ts'],
          // Sees to the runtime, the build and a display, and tells the tests by CREMA_ELECTRON and DISPLAY.
          globalSetup: ['scripts/lib/e2e-setup.mjs'],
          testTimeout: 120_000,
          expect: patient,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
