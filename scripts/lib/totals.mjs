import { relative, sep } from 'node:path';
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

/**
 * A line for each test that passed only at a second try.
 * @param {Report | undefined} report
 */
export function secondTries(report) {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(({ fullName }) => `second try: ${relative(root, name).replaceAll(sep, '/')} > ${fullName}`),
  );
}

/** The line that people and CI read. @param {Totals} totals */
export const totalsLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
