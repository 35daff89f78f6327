// npm run truth -- --seed S --commands N: random scenarios in virtual time; Crema's verdicts against the virtual machines' own logs.
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runMain } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  return runAttached(process.execPath, ['--import', 'tsx', 'test/truth/cli.ts', ...process.argv.slice(2)]);
});
