// npm run journal -- export|import|query --data-dir DIR …: frames in and out of a journal, without Electron.
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runMain } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  const cli = ['--import', 'tsx', 'src/main/jobs/cli.ts'];
  return runAttached(process.execPath, [...cli, ...process.argv.slice(2)]);
});
