import { join } from 'node:path';
import { AppLog } from './appLog';
import { complain, printLine } from '../../lib/log/terminal';

/** The log in a data folder (`null`: not writable), with the same lines on the terminal. */
export function openLog(dataFolder: string | null): AppLog {
  return new AppLog({
    folder: dataFolder === null ? null : join(dataFolder, 'logs'),
    now: Date.now,
    terminal: { line: printLine, problem: complain },
  });
}

/** An unexpected error must not end the app: it is logged, and the app continues. */
export function logUnexpected(log: AppLog): void {
  const { problem } = log.from('main');
  const unexpected = (error: unknown): void =>
    problem(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('uncaughtException', unexpected).on('unhandledRejection', unexpected);
}
