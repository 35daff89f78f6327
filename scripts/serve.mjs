// npm run serve -- --machine-listen HOST:PORT …: Crema's server without a window, in plain Node.
import { ensureBuild } from './lib/build.mjs';
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { at } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(async () => {
    await ensurePackages();
    await ensureBuild();
  });
  return runAttached(process.execPath, [at('out', 'main', 'serve.js'), ...process.argv.slice(2)]);
});
