/** npm run ordeal:sites: kills of a site's sender, reader and broker, and cuts of their network (docs/ordeal/sites.md). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playCuts } from './cuts';
import { playRounds } from './rounds';

const help = `npm run ordeal:sites -- [--rounds N] [--seed S] [--cuts SECONDS]

  --rounds N      kills (200)
  --seed S        the same seed draws the same kills (1)
  --cuts SECONDS  instead of kills: four cuts of the network, so long each; needs Linux and root
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    cuts: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const note = (text: string): void => void process.stderr.write(`${text}\n`);

if (values.help) process.stdout.write(help);
else {
  const folder = mkdtempSync(join(tmpdir(), 'crema-sites-'));
  const begun = performance.now();
  const { seed, rounds, cuts } = values;
  try {
    const result =
      cuts === undefined
        ? { seed, rounds, ...(await playRounds(folder, Number(seed), Number(rounds))) }
        : { seconds: cuts, ...(await playCuts(folder, Number(cuts), note)) };
    const took = Math.round((performance.now() - begun) / 1_000);
    process.stdout.write(`${JSON.stringify({ took, ...result }, null, 2)}\n`);
    const isNoticed = !('cuts' in result) || result.cuts.every(({ noticed }) => noticed !== null);
    process.exitCode =
      isNoticed && result.isEqual && result.inOrder === result.entries && result.journals === 1 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit();
