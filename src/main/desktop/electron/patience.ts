/**
 * Asking for the lock of one instance blocks, and Chromium kills a running instance that does not answer within 20 s: it may serve machines
 * all the same. A thread of the process that asks ends that process before.
 */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** ms; well below Chromium's 20 s. */
const patience = 10_000;

/** What the thread runs: any message ends it. `sentence`: for the terminal. */
export const giveUpScript = (sentence: string, within: number): string => `
setTimeout(() => {
  require('node:fs').writeSync(2, ${JSON.stringify(`${sentence}\n`)});
  process.kill(process.pid, 'SIGKILL');
}, ${within});
require('node:worker_threads').parentPort.once('message', () => process.exit());`;

/** Without the lock file of another instance, asking returns at once. Windows has no such file. */
function mayBlock(folder: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    return lstatSync(join(folder, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined;
  } catch {
    // It is not a folder.
    return false;
  }
}

/**
 * `ask` blocks until the other instance answers; this process ends with the sentence where it does not.
 * `over` resolves when the thread has ended by itself. To exit, or to stop the thread, while it still starts crashes the process.
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
