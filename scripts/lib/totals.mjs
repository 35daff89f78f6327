import { relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';

/**
 * @typedef {{ status: string, fullName: string, failureMessages: readonly string[] }} Test
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { name: string, status: string, assertionResults: Test[] }[],
 * }} Report vitest's JSON report, as far as it is read here
 */

/**
 * Totals of a vitest run. A file or a hook that failed without a failing test counts as a failure.
 * So does a run without a report or without tests, and an end with an error outside the report (an unhandled error).
 * @param {Report | undefined} report
 * @param {number} exitCode vitest's
 * @returns {Totals}
 */
export function totalsOf(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const passed = report.numPassedTests;
  const found = report.numFailedTests + brokenFiles.length;
  const unexplained = found === 0 && (exitCode !== 0 || passed === 0);
  return {
    passed,
    failed: unexplained ? 1 : found,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Lines of the first failure that say what was waited for; the rest is a stack. */
const failureLines = 12;

/**
 * A line for each test that passed only at a second try, and why the first one failed.
 * @param {Report | undefined} report
 */
export function secondTries(report) {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .flatMap(({ fullName, failureMessages: [first = ''] }) =>
        [`second try: ${relative(root, name).replaceAll(sep, '/')} > ${fullName}`].concat(beginning(first)),
      ),
  );
}

const beginning = (/** @type {string} */ failure) =>
  stripVTControlCharacters(failure)
    .split('\n')
    .slice(0, failureLines)
    .map((line) => `  ${line}`);

/** The line that people and CI read. @param {Totals} totals */
export const totalsLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
