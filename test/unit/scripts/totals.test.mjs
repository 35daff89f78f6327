import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { secondTries, totalsLine, totalsOf } from '../../../scripts/lib/totals.mjs';

/**
 * @param {Record<string, string[]>} files file status and number by its tests' statuses
 * @returns {import('../../../scripts/lib/totals.mjs').Report}
 */
function report(files) {
  const testResults = Object.entries(files).map(([name, tests]) => ({
    name: resolve('test', name),
    status: name.startsWith('failed') ? 'failed' : 'passed',
    assertionResults: tests.map((status) => ({
      status: status === 'passed later' ? 'passed' : status,
      fullName: `a suite ${status}`,
      failureMessages: status === 'failed' || status === 'passed later' ? ['AssertionError'] : [],
    })),
  }));
  const count = (/** @type {string} */ status) =>
    Object.values(files)
      .flat()
      .filter((test) => test === status).length;
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numTodoTests: count('todo'),
    testResults,
  };
}

describe('the totals of a test run', () => {
  it('are those of the report', () => {
    const all = report({ passed: ['passed', 'passed', 'skipped', 'todo'], failed: ['passed', 'failed'] });
    expect(totalsOf(all, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
    expect(totalsOf(report({ passed: ['passed'] }), 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

  it('count a file that failed without a failing test', () => {
    const broken = report({ passed: ['passed'], 'failed to import': [], 'failed hook': ['skipped'] });
    expect(totalsOf(broken, 1)).toEqual({ passed: 1, failed: 2, skipped: 1 });
  });

  it.each([
    ['no report was left', undefined, 0],
    ['no test was found', report({}), 0],
    ['an error was not caught by any test', report({ passed: ['passed'] }), 1],
  ])('are a failure when %s', (_, found, exitCode) => {
    expect(totalsOf(found, exitCode).failed).toBe(1);
  });

  it('name the tests that passed at a second try, and why the first one failed', () => {
    const all = report({
      'a.test.ts': ['passed', 'passed later', 'skipped'],
      'failed b.test.ts': ['failed'],
    });
    expect(secondTries(all)).toEqual([
      'second try: test/a.test.ts > a suite passed later',
      '  AssertionError',
    ]);
    expect(secondTries(undefined)).toEqual([]);
  });

  it('are one line', () => {
    expect(totalsLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(totalsLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
  });
});
