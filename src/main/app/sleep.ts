/** Tells how long this computer has slept, as its system says. */
import { powerMonitor } from 'electron';

export function watchSleep(slept: (ms: number) => void): void {
  let since: number | null = null;
  powerMonitor.on('suspend', () => (since = Date.now()));
  powerMonitor.on('resume', () => {
    // One that was not announced is not known to be long.
    if (since !== null) slept(Date.now() - since);
    since = null;
  });
}
