/** A short part of `npm run ordeal`, without a window; it must detect a deliberate loss. */
import { join } from 'node:path';
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

it('the note of the longest task tells how long the window waited for a processor on that screen', () => {
  const tally = new Tally('requests');
  tally.drew(120, 'machines', 0.25);
  tally.drew(278, 'inspector', 0.844);
  tally.drew(90, 'orders', 0.1);
  const kept = talliesOf(jsonOf(1, [tally])).tallies;
  expect(notesOf(kept)).toBe(
    'requests: the window’s longest task was on the screen inspector, where the window waited for a processor in 84 % of its time with work',
  );
  // Other systems count no waits.
  tally.drew(300, 'errors', null);
  expect(notesOf([tally])).toBe('requests: the window’s longest task was on the screen errors');
});

it.runIf(process.platform === 'linux')('a thread that worked has a share of waits between 0 and 1', () => {
  const watch = new ProcessorWatch(process.pid);
  const begun = process.cpuUsage();
  while (process.cpuUsage(begun).user < 30_000);
  const share = watch.waitShare() ?? Number.NaN;
  expect(share).toBeGreaterThanOrEqual(0);
  expect(share).toBeLessThanOrEqual(1);
  expect(new ProcessorWatch(Number.NaN).waitShare()).toBeNull();
});

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
