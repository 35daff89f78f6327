/** What goes wrong in the window, in the app's log. A broken row may be drawn many times a second, so that it is bounded. */
import { createQuota } from '#shared/quota';
import type { Service } from './service';

const problemsPerMinute = 20;

export interface ProblemLogParts {
  /** Writes one problem to the log. */
  readonly problem: (detail: string) => void;
  readonly now: () => number;
}

export function problemLog({ problem, now }: ProblemLogParts): Service<'reportProblem'> {
  const quota = createQuota(problemsPerMinute, 60_000);
  return {
    live: {},
    requests: {
      reportProblem: ({ where, detail }) => {
        const { granted, missed } = quota.take(now());
        if (!granted) return null;
        if (missed > 0) problem(`window: ${missed} more problems were not written`);
        problem(`window: ${oneLine(where)}: ${indented(detail)}`);
        return null;
      },
    },
  };
}

/** The page's text can't pass for lines of our own, nor steer a terminal. */
const indented = (text: string): string => text.trim().split(/\r?\n/).map(oneLine).join('\n  ');
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ').trim();
