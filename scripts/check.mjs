// npm run check: everything that says no in under a minute; what CI runs and more is in `npm test`.
import { runChecks, staticChecks, unitTests } from './lib/checks.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runMain, say } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  const { passed, failed } = await runChecks([unitTests, ...staticChecks]);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
