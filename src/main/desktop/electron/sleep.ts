/** Tells how long this computer has slept, as its system says. By the uptime, which goes on in sleep: the clock may be set meanwhile. */
import { uptime } from 'node:os';
import { powerMonitor } from 'electron';

export function watchSleep(slept: (ms: number) => void): void {
  let since: number | null = null;
  powerMonitor.on('suspend', () => (since = uptime()));
  powerMonitor.on('resume', () => {
    // One that was not announced is not known to be long.
    if (since !== null) slept((uptime() - since) * 1_000);
    since = null;
  });
}
