import { checkMirror } from './mirror.mjs';
import { print, seconds } from './progress.mjs';
import { checkProse } from './prose-check.mjs';
import { runTool } from './run.mjs';
import { checkSizes } from './sizes.mjs';
import { checkTables } from './tables.mjs';

/**
 * @typedef {{ code: number, output: string, notes?: string[] }} Outcome
 * @typedef {{ name: string, run: (options: { givesWay: boolean }) => Promise<Outcome> }} Check
 */

/** Checks of the sources that do not run them. @type {readonly Check[]} */
export const staticChecks = [
  { name: 'format', run: (options) => runTool('oxfmt/bin/oxfmt', ['--check', '.'], options) },
  // Checks types too, of each file by its tsconfig: the rules need them anyway. The checker is written in Go and runs half a minute.
  // With Go's default limit, garbage collection takes a quarter of that time.
  {
    name: 'lint and types',
    run: (options) => runTool('oxlint/bin/oxlint', [], { ...options, env: { ...process.env, GOGC: '400' } }),
  },
  {
    name: 'imports',
    run: (options) =>
      runTool(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        ['src', '--config', '.dependency-cruiser.cjs'],
        options,
      ),
  },
  { name: 'unused', run: (options) => runTool('knip/bin/knip.js', ['--no-progress'], options) },
  { name: 'sizes', run: checkSizes },
  { name: 'tables', run: checkTables },
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
      const { code, output, notes = [] } = await run({ givesWay });
      counts[code === 0 ? 'passed' : 'failed']++;
      report(`${name.padEnd(16)} ${code === 0 ? 'ok    ' : 'FAILED'} ${seconds(performance.now() - start)}`);
      for (const note of notes) report(`  note: ${note}`);
      if (code !== 0) report(output.replaceAll(/^/gm, '  '));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return counts;
}
