/** Reports how long this computer slept. Uses the uptime, which continues in sleep, because the clock may be changed meanwhile. */
import { uptime } from 'node:os';
import { powerMonitor } from 'electron';

export function watchSleep(slept: (ms: number) => void): void {
  let since: number | null = null;
  powerMonitor.on('suspend', () => (since = uptime()));
  powerMonitor.on('resume', () => {
    // Without a suspend event the duration is unknown.
    if (since !== null) slept((uptime() - since) * 1_000);
    since = null;
  });
}
