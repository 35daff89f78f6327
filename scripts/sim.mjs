// npm run sim -- --port P --machines N …: virtual machines against any server, without Electron.
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runMain } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  const cli = ['--import', 'tsx', 'src/main/tools/simulator/cli.ts'];
  return runAttached(process.execPath, [...cli, ...process.argv.slice(2)]);
});
