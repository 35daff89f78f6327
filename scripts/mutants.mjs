// npm run mutants [-- FILE …]: makes small changes to the protocol, session and command code, one at a time.
// It lists the changes that no test detects. All of it takes hours: name files or patterns for a part. The report is in .cache/mutants.json.
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { at } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  const files = process.argv.slice(2);
  const chosen = files.length === 0 ? [] : ['--mutate', files.join(',')];
  const stryker = at('node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  return runAttached(process.execPath, [stryker, 'run', ...chosen]);
});
