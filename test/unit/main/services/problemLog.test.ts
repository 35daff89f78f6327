import { describe, expect, it } from 'vitest';
import { requests } from '#shared/contract/requests';
import { problemLog } from '../../../../src/main/services/problemLog';

function started() {
  const lines: string[] = [];
  const clock = { now: 0 };
  const { requests: asked } = problemLog({
    problem: (line) => void lines.push(line),
    now: () => clock.now,
  });
  const report = (problem: { readonly where: string; readonly detail: string }): unknown =>
    asked.reportProblem(problem, { windowId: 1 });
  return { lines, clock, report };
}

describe('problems of the window', () => {
  it('are written with where and what, on lines that are told from our own', () => {
    const { lines, report } = started();
    report({ where: 'screen\norders', detail: 'TypeError: no\n\u001B[2J  at x\r\ncrema: all is well' });
    expect(lines).toEqual(['window: screen orders: TypeError: no\n  [2J  at x\n  crema: all is well']);
  });

  it('are 20 in a minute; of the others it says how many', () => {
    const { lines, clock, report } = started();
    for (let n = 0; n < 50; n += 1) report({ where: 'row', detail: String(n) });
    expect(lines).toHaveLength(20);
    clock.now = 60_000;
    report({ where: 'row', detail: 'again' });
    expect(lines.slice(20)).toEqual(['window: 30 more problems were not written', 'window: row: again']);
  });

  it('are bounded in length by the contract', () => {
    const fits = (where: number, detail: number): boolean =>
      requests.reportProblem.safeParse({ where: 'x'.repeat(where), detail: 'x'.repeat(detail) }).success;
    expect([fits(200, 4_000), fits(201, 1), fits(1, 4_001)]).toEqual([true, false, false]);
  });
});
