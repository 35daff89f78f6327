// npm run bench [-- NAME …]: runs the benchmarks of test/bench one after the other, or those with NAME in their file name.
// Each prints a table. Benchmarks of the app find its runtime, a build and a display, as end-to-end tests do.
import setUpApp from './lib/e2e-setup.mjs';
import { runAttached } from './lib/launch.mjs';
import { filesBelow } from './lib/files.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { runMain, print, Stop } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  const names = process.argv.slice(2);
  const all = (await filesBelow(root, 'test/bench')).filter((file) => file.endsWith('.bench.ts'));
  const chosen = all.filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
  if (chosen.length === 0) throw new Stop(`No benchmark matches. There are: ${all.join(', ') || 'none'}`);
  const closeDisplay = chosen.some((file) => /answer|opening|window|relay|manySites/.test(file))
    ? await setUpApp()
    : null;
  let failed = 0;
  for (const file of chosen) {
    print(`\n## ${file}\n`);
    const code = await runAttached(process.execPath, ['--expose-gc', '--import', 'tsx', file]);
    if (code !== 0) failed++;
  }
  await closeDisplay?.();
  return failed === 0 ? 0 : 1;
});
