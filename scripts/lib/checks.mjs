import { fingerprint } from './build.mjs';
import { lint } from './lint.mjs';
import { checkMirror } from './mirror.mjs';
import { keepPassed, passedBefore } from './passed.mjs';
import { root } from './paths.mjs';
import { print, seconds } from './progress.mjs';
import { checkProse } from './prose-check.mjs';
import { runTool } from './run.mjs';
import { checkSizes } from './sizes.mjs';
import { checkTables } from './tables.mjs';

/**
 * @typedef {{ code: number, output: string, notes?: string[], unchanged?: boolean }} Outcome
 * @typedef {{ name: string, run: (options: { givesWay: boolean }) => Promise<Outcome> }} Check
 */

/**
 * A check that is not run again while its inputs are as they were when it passed.
 * @param {string} name @param {readonly string[]} inputs @param {Check['run']} run
 * @returns {Check}
 */
function unlessPassed(name, inputs, run) {
  const projects = ['', '.base', '.node', '.renderer', '.scripts', '.shared', '.test'];
  const settings = [
    'package.json',
    'package-lock.json',
    ...projects.map((project) => `tsconfig${project}.json`),
  ];
  return {
    name,
    run: async (options) => {
      const state = await fingerprint(root, [...settings, ...inputs]);
      if ((await passedBefore(name)).has(state)) return { code: 0, output: '', unchanged: true };
      const outcome = await run(options);
      if (outcome.code === 0) await keepPassed(name, [state]);
      return outcome;
    },
  };
}

const configs = [
  '.dependency-cruiser.cjs',
  'electron.vite.config.ts',
  'vitest.config.ts',
  'vitest.mutants.config.ts',
  'postcss.config.cjs',
  'stryker.config.json',
];

/** Checks of the sources that do not run them. @type {readonly Check[]} */
export const staticChecks = [
  { name: 'format', run: (options) => runTool('oxfmt/bin/oxfmt', ['--check', '.'], options) },
  // Types too, of each file by its tsconfig: the rules need them anyway. Each program has one checker, because several repeat
  // work; sources and tests have their own programs, so that two processors can check them.
  lint('lint sources', ['src', 'scripts', 'deploy', ...configs]),
  lint('lint tests', ['test']),
  unlessPassed('imports', ['src', '.dependency-cruiser.cjs'], (options) =>
    runTool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ['src', '--config', '.dependency-cruiser.cjs'],
      options,
    ),
  ),
  unlessPassed(
    'unused',
    ['src', 'test', 'scripts', 'deploy', '.github', 'knip.json', ...configs],
    (options) => runTool('knip/bin/knip.js', ['--no-progress'], options),
  ),
  { name: 'sizes', run: checkSizes },
  { name: 'tables', run: checkTables },
  unlessPassed('styles', ['src/renderer/src', 'scripts/lib/styles.mjs'], async () => {
    // Its packages are installed only now.
    const { checkStyles } = await import('./styles.mjs');
    return checkStyles();
  }),
  { name: 'mirror', run: checkMirror },
  { name: 'prose', run: checkProse },
];

/** Unit tests that import a file changed since `base` (a git revision), committed or not. All of them take two minutes. */
export const unitTestsSince = (/** @type {string} */ base) => {
  /** @type {Check} */
  const check = {
    name: 'unit, changed',
    run: (options) =>
      runTool(
        'vitest/vitest.mjs',
        ['run', '--project', 'unit', '--reporter=dot', '--changed', base, '--passWithNoTests'],
        options,
      ),
  };
  return check;
};

/**
 * Runs checks. Prints a line for each as it ends, and the output of failed ones.
 * @param {readonly Check[]} checks
 * `givesWay`: other programs get the processor first.
 * @param {{ atOnce?: number, givesWay?: boolean, report?: (lines: string) => void }} [options]
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks(checks, { atOnce = 2, givesWay = false, report = print } = {}) {
  const waiting = checks.values();
  const counts = { passed: 0, failed: 0 };
  const work = async () => {
    for (const { name, run } of waiting) {
      const start = performance.now();
      const { code, output, notes = [], unchanged = false } = await run({ givesWay });
      counts[code === 0 ? 'passed' : 'failed']++;
      const time = unchanged ? 'as when it passed' : seconds(performance.now() - start);
      report(`${name.padEnd(16)} ${code === 0 ? 'ok    ' : 'FAILED'} ${time}`);
      for (const note of notes) report(`  note: ${note}`);
      if (code !== 0) report(output.replaceAll(/^/gm, '  '));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return counts;
}
