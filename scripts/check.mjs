// npm run check: the static checks and unit tests, in under a minute; CI runs `npm test`.
import { runChecks, staticChecks, unitTests } from './lib/checks.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runMain, print } from './lib/progress.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  const { passed, failed } = await runChecks([unitTests, ...staticChecks]);
  print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
