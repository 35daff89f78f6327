// npm test: sets up what is missing, then everything that can say no: the static checks, each counted as one test, and the
// unit, integration and end-to-end tests. Arguments after `npm test --` go to vitest. Its last line is the totals.
import { readFile, rm } from 'node:fs/promises';
import { runChecks, staticChecks } from './lib/checks.mjs';
import { runAttached } from './lib/launch.mjs';
import { at } from './lib/paths.mjs';
import { runMain, say } from './lib/progress.mjs';
import { openDisplay, prepare } from './lib/setup.mjs';
import { totalsLine, totalsOf } from './lib/totals.mjs';

const reportFile = at('.cache', 'vitest.json');

/** @returns {Promise<import('./lib/totals.mjs').Report | undefined>} */
const readReport = async () => {
  try {
    return JSON.parse(await readFile(reportFile, 'utf8'));
  } catch {
    return undefined;
  }
};

/** @param {NodeJS.ProcessEnv} env */
async function runVitest(env) {
  await rm(reportFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const vitest = at('node_modules', 'vitest', 'vitest.mjs');
  const exitCode = await runAttached(
    process.execPath,
    [vitest, 'run', ...reporters, ...process.argv.slice(2)],
    env,
  );
  return totalsOf(await readReport(), exitCode);
}

await runMain(async () => {
  const electron = await prepare();
  const checks = await runChecks(staticChecks);
  const display = await openDisplay();
  try {
    const tests = await runVitest({ ...process.env, ...display.env, CREMA_ELECTRON: electron.path });
    const totals = {
      passed: checks.passed + tests.passed,
      failed: checks.failed + tests.failed,
      skipped: tests.skipped,
    };
    say(totalsLine(totals));
    return totals.failed === 0 ? 0 : 1;
  } finally {
    await display.close();
  }
});
