// npm run screenshots -- [NAME…] [--all]: retakes pictures of the manual whose screens have changed (docs/testing.md).
import setUpApp from './lib/e2e-setup.mjs';
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  const close = await setUpApp();
  try {
    return await runAttached(
      process.execPath,
      ['--import', 'tsx', 'test/pictures/cli.ts', ...process.argv.slice(2)],
      process.env,
      root,
      'SIGTERM',
    );
  } finally {
    await close();
  }
});
