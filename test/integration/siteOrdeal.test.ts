/** Nothing lost and nothing twice when a sender, its reader and their broker are killed (docs/ordeal/sites.md). */
import { expect, it } from 'vitest';
import { hasBroker } from '../builders/broker';
import { useFolder } from '../builders/useFolder';
import { playRounds } from '../ordeal/sites/rounds';

const folder = useFolder();

it.runIf(hasBroker)('each kind of kill once loses and repeats nothing', { timeout: 120_000 }, async () => {
  const result = await playRounds(folder('ordeal'), 1, 7);
  expect(result).toMatchObject({ journals: 1, inOrder: result.entries, isEqual: true });
  expect(Object.keys(result.kills)).toHaveLength(7);
  expect(result.entries).toBeGreaterThan(1_000);
});
