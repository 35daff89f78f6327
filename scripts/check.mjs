// npm run check: the static checks, and the unit tests that changes since the last shared commit affect. `npm test` runs all tests.
import { runChecks, staticChecks, unitTestsSince } from './lib/checks.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { runMain, print } from './lib/progress.mjs';
import { sharedRevision } from './lib/revision.mjs';

await runMain(async () => {
  await withLock(ensurePackages);
  const { passed, failed } = await runChecks([unitTestsSince(await sharedRevision()), ...staticChecks]);
  print(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
