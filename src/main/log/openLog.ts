import { join } from 'node:path';
import { AppLog } from './appLog';

/** The log in a data folder (`null`: one that nothing can be written in), with the same lines on the terminal. */
export function openLog(dataFolder: string | null): AppLog {
  return new AppLog({
    folder: dataFolder === null ? null : join(dataFolder, 'logs'),
    now: Date.now,
    terminal: {
      line: (text) => void process.stdout.write(`${text}\n`),
      problem: (detail) => void process.stderr.write(`crema: ${detail}\n`),
    },
  });
}
