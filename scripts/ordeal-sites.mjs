// npm run ordeal:sites -- [--rounds N] [--seed S] [--cuts SECONDS]: kills and network cuts between a site, its reader and their broker (docs/ordeal/sites.md).
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runMain } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  return runAttached(process.execPath, [
    '--import',
    'tsx',
    'test/ordeal/sites/cli.ts',
    ...process.argv.slice(2),
  ]);
});
