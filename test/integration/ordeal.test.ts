/** A short part of `npm run ordeal`: one of each kind that needs no window. */
import { expect, it } from 'vitest';
import { playAll } from '../ordeal/run';

it('nothing dies of a kill or of a flipped bit, and of each kind one is tried', async () => {
  const tallies = await playAll({
    seconds: 0,
    seed: 3,
    hasWindow: false,
    only: ['kill', 'bit of settings', 'bit of packages.json'],
    most: 1,
    note: () => undefined,
  });
  expect(tallies.map(({ name, tried, died }) => ({ name, tried, died }))).toEqual(
    ['kill at load', 'kill at overload', 'bit of settings', 'bit of packages.json'].map((name) => ({
      name,
      tried: 1,
      died: 0,
    })),
  );
}, 120_000);
