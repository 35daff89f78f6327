// npm test: sets up what is missing, then the unit, integration and end-to-end tests and beside them the static checks, each
// counted as one test. Arguments after `npm test --` go to vitest. Its last line is the totals.
import { readFile, rm } from 'node:fs/promises';
import { runChecks, staticChecks } from './lib/checks.mjs';
import { runAttached } from './lib/launch.mjs';
import { at } from './lib/paths.mjs';
import { runMain, print, Stop } from './lib/progress.mjs';
import { withColours } from './lib/run.mjs';
import { installPackages, openDisplay, prepare } from './lib/setup.mjs';
import { secondTries, totalsLine, totalsOf } from './lib/totals.mjs';

const reportFile = at('.cache', 'vitest.json');
/** vitest's transformed sources: unit, integration and end-to-end tests share most of them. Kept for one run only. */
const modules = at('.cache', 'vitest');

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
  await rm(modules, { recursive: true, force: true });
  const vitest = at('node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const cache = ['--experimental.fsModuleCache', `--experimental.fsModuleCachePath=${modules}`];
  const args = [vitest, 'run', ...reporters, ...cache, ...process.argv.slice(2)];
  const exitCode = await runAttached(process.execPath, args, withColours(env));
  const report = await readReport();
  return { ...totalsOf(report, exitCode), secondTries: secondTries(report) };
}

async function runTests() {
  const electron = await prepare();
  const display = await openDisplay();
  try {
    return await runVitest({ ...process.env, ...display.env, CREMA_ELECTRON: electron.path });
  } finally {
    await display.close();
  }
}

async function runAll() {
  await installPackages();
  /** Printed at the end: nobody would find them between the lines of vitest. @type {string[]} */
  const lines = [];
  const [tests, checks] = await Promise.all([
    runTests(),
    // The checks use processor time that set-up and tests leave while they wait.
    runChecks(staticChecks, { atOnce: 1, givesWay: true, report: (line) => lines.push(line) }),
  ]);
  for (const line of lines) print(line);
  return { ...tests, passed: checks.passed + tests.passed, failed: checks.failed + tests.failed };
}

await runMain(async () => {
  /** @type {import('./lib/totals.mjs').Totals & { secondTries: readonly string[] }} */
  let totals = { passed: 0, failed: 1, skipped: 0, secondTries: [] };
  try {
    totals = await runAll();
  } catch (error) {
    print(error instanceof Stop ? error.message : String(error instanceof Error ? error.stack : error));
  }
  for (const line of totals.secondTries) print(line);
  print(totalsLine(totals));
  return totals.failed === 0 ? 0 : 1;
});
