/**
 * The request for the single-instance lock blocks. Chromium kills a running instance that does not answer within 20 s, although it may still
 * serve machines. A thread of the requesting process therefore ends that process earlier.
 */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** ms; well below Chromium's 20 s. */
const patience = 10_000;

/** The thread's script; any message ends it. `sentence`: the text for the terminal. */
export const giveUpScript = (sentence: string, within: number): string => `
setTimeout(() => {
  require('node:fs').writeSync(2, ${JSON.stringify(`${sentence}\n`)});
  process.kill(process.pid, 'SIGKILL');
}, ${within});
require('node:worker_threads').parentPort.once('message', () => process.exit());`;

/** Without another instance's lock file, the request returns at once. Windows has no such file. */
function mayBlock(folder: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    return lstatSync(join(folder, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined;
  } catch {
    // The path is not a folder.
    return false;
  }
}

/**
 * `ask` blocks until the other instance answers. Without an answer, this process prints the sentence and ends.
 * `over` resolves when the thread has ended by itself. To exit, or to stop the thread, during its start crashes the process.
 */
export function askInTime<T>(
  sentence: string,
  folder: string,
  ask: () => T,
): { readonly answer: T; readonly over: Promise<void> } {
  if (!mayBlock(folder)) return { answer: ask(), over: Promise.resolve() };
  const guard = new Worker(giveUpScript(sentence, patience), { eval: true });
  const over = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  try {
    return { answer: ask(), over };
  } finally {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    guard.postMessage('over');
  }
}
