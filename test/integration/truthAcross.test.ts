/** A short part of `npm run truth -- --across`, and its ability to find false verdicts. */
import { describe, expect, it } from 'vitest';
import { acrossTally } from '../truth/across/outcome';
import { faults } from '../truth/across/ends';
import { drawAcross } from '../truth/across/scenario';
import { playAcross } from '../truth/play';

const each = 12;

describe('the truth run of commands from another site', () => {
  it('finds no false verdict, and nothing executed twice', { timeout: 60_000 }, async () => {
    const tally = acrossTally();
    for (let seed = 1; seed <= 8; seed += 1) {
      const { outcomes, frames } = await playAcross(drawAcross(seed, each));
      tally.add(outcomes, frames);
    }
    expect(tally.total).toMatchObject({
      falselyConfirmed: 0,
      falselyFailed: 0,
      falselyRefused: 0,
      twice: 0,
      differs: 0,
      unanswered: 0,
    });
    expect(tally.commands).toBeGreaterThan(80);
    expect(tally.total.confirmed).toBeGreaterThan(10);
  });

  it('gives the same result for the same seed', { timeout: 60_000 }, async () => {
    const scenario = drawAcross(3, 5);
    expect(await playAcross(scenario)).toEqual(await playAcross(scenario));
  });

  const found = {
    givesTwice: 'twice',
    refusesUnknown: 'falselyRefused',
    confirmsSent: 'falselyConfirmed',
  } as const;
  it.each(faults)('finds a fault: %s', { timeout: 60_000 }, async (fault) => {
    const tally = acrossTally();
    for (let seed = 1; seed <= 60 && tally.total[found[fault]] === 0; seed += 1)
      tally.add((await playAcross(drawAcross(seed, each), { fault })).outcomes, 0);
    expect(tally.total[found[fault]]).toBeGreaterThan(0);
  });
});
