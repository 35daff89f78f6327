// npm run format: formats every file as `npm run check` requires, and applies the linter's safe fixes.
import { withLock } from './lib/lock.mjs';
import { runAttached } from './lib/launch.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { at } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';

const tool = (/** @type {string[]} */ ...path) => at('node_modules', ...path);

await runMain(async () => {
  await withLock(ensurePackages);
  const lint = await runAttached(process.execPath, [tool('oxlint', 'bin', 'oxlint'), '--fix']);
  const format = await runAttached(process.execPath, [tool('oxfmt', 'bin', 'oxfmt'), '.']);
  return lint || format;
});
