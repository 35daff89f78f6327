/** Log messages of a window, and its refused requests. Both are limited, because a broken row may be drawn many times a second. */
import { createQuota } from '#shared/quota';
import { oneLine } from '#shared/visible';
import type { GuardOptions } from '../ipc/guard';
import { Refusal } from '../ipc/requests';
import type { AppLog } from '../log/appLog';
import type { Base } from './base';
import type { Service } from './service';
import { shownErrors } from './shownErrors';

const perMinute = { problems: 20, refusals: 60 };
/** Characters of one parameter. */
const maxParam = 200;

export interface LogParts {
  readonly log: AppLog;
  readonly now: () => number;
  /** Opens a folder in the system's file manager; resolves to the error, or ''. */
  readonly openFolder: (folder: string) => Promise<string>;
}

export interface LogService extends Service<'reportProblem' | 'openLogFolder'> {
  /** Errors that the user saw. */
  readonly onErrors: Pick<GuardOptions, 'onRefused' | 'onBug'>;
}

export const logging = (base: Base): LogService => {
  base.feed.watch(shownErrors((code) => base.log.write('warn', 'main', `shown: ${code}`)));
  return logService(base);
};

export function logService({ log, now, openFolder }: LogParts): LogService {
  const problems = createQuota(perMinute.problems, 60_000);
  const refusals = createQuota(perMinute.refusals, 60_000);
  const { problem } = log.from('window');
  const { problem: bug } = log.from('main');
  return {
    live: {},
    onErrors: {
      onBug: (verb, error) =>
        bug(`${verb} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
      onRefused: (verb, { code, params }) => {
        const { granted, missed } = refusals.take(now());
        if (!granted) return;
        if (missed > 0) log.write('warn', 'window', `${missed} more refusals were not written`);
        const with_ = Object.entries(params).map(
          ([name, value]) => `${name}=${oneLine(String(value), maxParam)}`,
        );
        log.write('warn', 'window', [verb, 'refused:', code, ...with_].join(' '));
      },
    },
    requests: {
      reportProblem: ({ where, detail }) => {
        const { granted, missed } = problems.take(now());
        if (!granted) return null;
        if (missed > 0) problem(`window: ${missed} more problems were not written`);
        problem(`window: ${oneLine(where)}: ${detail}`);
        return null;
      },
      openLogFolder: async () => {
        const { folder } = log;
        const detail = folder === null ? 'EROFS' : await openFolder(folder);
        if (detail !== '') throw new Refusal('folderNotOpened', { folder: folder ?? '', detail });
        return null;
      },
    },
  };
}
