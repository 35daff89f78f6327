/** Keeps the server's thread before the app's others, also when a window's process is new. */
import { app } from 'electron';
import { giveWayTo } from '../../lib/threads/priority';

/** Gives what must be told the server's thread, each time there is another. */
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
