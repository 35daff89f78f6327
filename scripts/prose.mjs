// node scripts/prose.mjs [--write] [PATH…]: breaches of the writing rules, a line each. --write stores the counts of those left.
import { parseArgs } from 'node:util';
import { print, runMain, Stop } from './lib/progress.mjs';
import { breachLine, proseBreaches, storeCounts } from './lib/prose-check.mjs';

await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.write && positionals.length > 0) throw new Stop('--write counts everything and takes no PATH.');
  const breaches = await proseBreaches(positionals, process.env['INIT_CWD'] ?? process.cwd());
  if (values.write) {
    await storeCounts(breaches);
    return 0;
  }
  for (const breach of breaches) print(breachLine(breach));
  return breaches.length > 0 ? 1 : 0;
});
