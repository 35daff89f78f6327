/** Gives the machines thread a higher priority than the app's other threads, also after a new window process. */
import { app } from 'electron';
import { giveWayTo } from '../../lib/threads/priority';

/** Returns a function that takes the id of the machines thread after each start. */
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
