import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './lock.mjs';
import { at } from './paths.mjs';

/** Holds the process number of the `dev-electron.mjs` that was started last. */
export const pidFile = at('.cache', 'dev.pid');

/** Waits, at most 5 s, until the app of the last round has ended. */
export async function untilGone() {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (pid > 0) for (let waited = 0; isAlive(pid) && waited < 5_000; waited += 50) await sleep(50);
}
