/** node --import tsx test/ordeal/sites/cli.ts ROUNDS SEED: kills of a site's sender, reader and broker (docs/ordeal/sites.md). */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playRounds } from './rounds';

const [rounds = '200', seed = '1'] = process.argv.slice(2);
const begun = performance.now();
const result = await playRounds(mkdtempSync(join(tmpdir(), 'crema-sites-')), Number(seed), Number(rounds));
const seconds = Math.round((performance.now() - begun) / 1_000);
process.stdout.write(`${JSON.stringify({ seed, rounds, seconds, ...result }, null, 2)}\n`);
process.exit(result.isEqual && result.inOrder === result.entries && result.journals === 1 ? 0 : 1);
