/** The operating system: its language, its sleep, and the priorities of our threads. */
import { uptime } from 'node:os';
import { app, powerMonitor } from 'electron';
import { giveWayTo } from '../../lib/threads/priority';
import type { Language } from './plainPage';

/** The user's system language. Available once the app is ready. */
export const systemLanguage = (): Language =>
  app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';

/** Reports how long this computer slept. Uses the uptime, which continues in sleep, because the clock may be changed meanwhile. */
export function watchSleep(slept: (ms: number) => void): void {
  let since: number | null = null;
  powerMonitor.on('suspend', () => (since = uptime()));
  powerMonitor.on('resume', () => {
    // Without a suspend event the duration is unknown.
    if (since !== null) slept((uptime() - since) * 1_000);
    since = null;
  });
}

/**
 * Gives the machines thread a higher priority than the app's other threads, also after a new window process. Returns a function that takes
 * the id of the machines thread after each start.
 */
export function watchPriorities(): (serverThread: number) => void {
  let server: number | null = null;
  const apply = (): void => {
    if (server !== null)
      giveWayTo(
        server,
        app.getAppMetrics().map(({ pid }) => pid),
      );
  };
  app.on('web-contents-created', (_event, contents) => contents.on('did-finish-load', apply));
  return (thread) => {
    server = thread;
    apply();
  };
}
