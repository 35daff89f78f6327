/** What goes wrong in the window, on the terminal. A broken row may be drawn many times a second, so that it is bounded. */
import { createQuota } from '#shared/quota';
import type { Args } from '#shared/contract/requests';

const problemsPerMinute = 20;

export interface ProblemLog {
  readonly report: (problem: Args<'reportProblem'>) => void;
}

export function makeProblemLog(write: (detail: string) => void, now: () => number): ProblemLog {
  const quota = createQuota(problemsPerMinute, 60_000);
  return {
    report: ({ where, detail }) => {
      const { granted, missed } = quota.take(now());
      if (!granted) return;
      if (missed > 0) write(`window: ${missed} more problems were not written`);
      write(`window: ${oneLine(where)}: ${indented(detail)}`);
    },
  };
}

/** The page's text can't pass for lines of our own, nor steer a terminal. */
const indented = (text: string): string => text.trim().split(/\r?\n/).map(oneLine).join('\n  ');
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ').trim();
