// npm run ordeal -- --seconds N --seed S [--keep FILE] [--json]: kills, damaged files, full disks and hostile inputs, and what they cost (docs/ordeal.md).
import setUpApp from './lib/e2e-setup.mjs';
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { printToStderr, runMain } from './lib/progress.mjs';

await runMain(async () => {
  // The object of --json is alone on stdout.
  printToStderr();
  await withLock(ensurePackages);
  const close = await setUpApp();
  try {
    return await runAttached(
      process.execPath,
      ['--import', 'tsx', 'test/ordeal/cli.ts', ...process.argv.slice(2)],
      process.env,
      root,
      process.platform === 'win32' ? 'SIGTERM' : 'SIGUSR2',
    );
  } finally {
    await close();
  }
});
