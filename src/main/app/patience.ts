/**
 * Asking for the lock of one instance blocks, and Chromium kills a running instance that does not answer within 20 s: it may serve machines
 * all the same. A thread of the process that asks ends that process before.
 */
import { Worker } from 'node:worker_threads';

/** ms; well below Chromium's 20 s. */
const patience = 10_000;

/** What the thread runs. `sentence`: for the terminal. */
export const giveUpScript = (sentence: string, within: number): string => `
setTimeout(() => {
  require('node:fs').writeSync(2, ${JSON.stringify(`${sentence}\n`)});
  process.kill(process.pid, 'SIGKILL');
}, ${within});`;

/** `ask` blocks until the other instance answers; this process ends with the sentence where it does not. */
export function askInTime<T>(sentence: string, ask: () => T): T {
  const guard = new Worker(giveUpScript(sentence, patience), { eval: true });
  try {
    return ask();
  } finally {
    void guard.terminate();
  }
}
