// npm run build: builds the app into out/ if it is not built from these sources.
import { ensureBuild } from './lib/build.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runMain } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(async () => {
    await ensurePackages();
    await ensureBuild();
  });
  return 0;
});
