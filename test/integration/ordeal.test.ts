/** A short part of `npm run ordeal`, without a window; it must detect a deliberate loss. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { ProcessorWatch } from '../ordeal/processor';
import { playAll, type Plan } from '../ordeal/run';
import { jsonOf, notesOf, Tally, talliesOf } from '../ordeal/tally';

const short: Plan = {
  seconds: 0,
  /** A seed with short waits. */
  seed: 141,
  hasWindow: false,
  only: [],
  most: 1,
  note: () => undefined,
};

it('nothing dies, and no row is lost by a jump of the clock or a bit of the settings', async () => {
  const only = ['bit of settings', 'clock jump'];
  const tallies = await playAll({ ...short, only });
  expect(
    tallies.map(({ tried, lostUntold, died, problems }) => ({ tried, lostUntold, died, problems })),
  ).toEqual(only.map(() => ({ tried: 1, lostUntold: 0, died: 0, problems: [] })));
}, 120_000);

it('answered frames that are taken out of the journal after a kill are missed', async () => {
  const [tally] = await playAll({
    ...short,
    only: ['kill at load'],
    spoil: (folder) => {
      const journal = new DatabaseSync(join(folder, 'journal.sqlite'));
      journal.exec(`DELETE FROM entries WHERE dir = 'in' AND CAST(bytes AS TEXT) LIKE '%"n":1}'`);
      journal.close();
    },
  });
  expect(tally).toMatchObject({ tried: 1, died: 0 });
  expect(tally?.lostUntold).toBeGreaterThanOrEqual(20);
}, 120_000);

it('no row is lost by SIGTERM; a run continues the counts of an earlier one, and a stop skips the later kinds', async () => {
  const earlier = new Tally('SIGTERM to the group');
  earlier.tried = 1;
  earlier.lose(4, true, 'four');
  const { tallies: before } = talliesOf(jsonOf(short.seed, [earlier]));
  const stopping = new AbortController();
  const played: string[] = [];
  const tallies = await playAll({
    ...short,
    only: ['SIGTERM', 'clock jump'],
    most: 2,
    before,
    stop: stopping.signal,
    onCounted: (counted) => {
      played.push(...counted.map(({ name }) => name));
      stopping.abort();
    },
  });
  expect(played).toEqual([earlier.name]);
  expect(tallies).toHaveLength(1);
  expect(tallies[0]).toMatchObject({ tried: 2, lost: 4, lostUntold: 0, died: 0, problems: [] });
}, 120_000);

it('a task of the window that waits for a processor is named; one that runs too long fails the run', () => {
  const tally = new Tally('requests');
  tally.drew(120, 'machines', 40);
  tally.drew(278, 'inspector', 199);
  tally.drew(90, 'orders', null);
  const [kept = tally] = talliesOf(jsonOf(1, [tally])).tallies;
  expect(kept).toMatchObject({ windowTaskMs: 278, taskRanMs: 199, isGood: true });
  expect(notesOf([kept])).toBe('requests: the window’s longest task was on the screen inspector');
  tally.drew(260, 'errors', 201);
  expect(tally.isGood).toBe(false);
  expect(notesOf([tally])).toContain('requests: a task of the window ran 201 of 200 ms');
});

it.runIf(process.platform === 'linux')(
  'the processor time of a task is known, without its waits',
  async () => {
    const watch = new ProcessorWatch(process.pid);
    // The first sample.
    expect(await watch.most([])).toBeNull();
    const now = (): number => performance.timeOrigin + performance.now();
    const start = now();
    const begun = process.cpuUsage();
    while (process.cpuUsage(begun).user < 100_000);
    const worked = now();
    await pause(400);
    const spans = [{ start: worked + 100, end: worked + 300 }];
    const all = [{ start, end: worked }, ...spans];
    const most = (await watch.most(all)) ?? 0;
    await watch.stop();
    expect(most).toBeGreaterThan(20);
    // Waits of this thread, which other programs hold up, do not count.
    expect(most).toBeLessThan(worked - start + 50);
  },
);

it('a process above its bound fails the run and is named', () => {
  const tally = new Tally('requests');
  tally.used(
    new Map([
      ['window', 450],
      ['gpu-process', 2_000],
    ]),
  );
  expect(tally.isGood).toBe(true);
  tally.used(new Map([['window', 451]]));
  expect(tally.isGood).toBe(false);
  expect(notesOf([tally])).toContain('requests: window took 451 of 450 MB');
});
