/**
 * Crema's server without a window: `npm run serve -- --machine-listen 0.0.0.0:4567`. The same services as in the app, in plain
 * Node: for a workshop, tests and load.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tryFolder, usualFolder } from './lib/launch/dataFolder';
import { helpFor, parseSwitches, recordsLost, type Switches } from './lib/launch/switches';
import { lockFolder } from './lib/files/folderLock';
import { makeFilesPrivate } from './lib/files/privateFolder';
import { Feed } from './desktop/ipc/feed';
import { openLog } from './desktop/log/appLog';
import { complain, ignoreClosedPipes, printOwn } from './lib/log/terminal';
import { createServices } from './desktop/services';
import { noKeyStore, noWindow } from './desktop/services/noWindow';
import { rescueFile } from './desktop/services/rescue';
import { openPlainly } from './lib/settings/settingsFile';
import { SettingsStore } from './lib/settings/store';
import { hasStuckThread } from './lib/threads/callable';
import { giveWayTo } from './lib/threads/priority';

/** ms between two status lines. A line is printed only after a change. */
const statusInterval = 10_000;

/** The folder of the built threads. */
const threads = dirname(fileURLToPath(import.meta.url));

async function run(switches: Switches): Promise<void> {
  makeFilesPrivate();
  const folder = switches.dataDir ?? usualFolder('Crema');
  const state = tryFolder(folder);
  if (state.kind !== 'writable') {
    end(1, `the data folder ${folder} can't be used (${state.detail}).`);
    return;
  }
  const lock = lockFolder(folder);
  if (lock === null) {
    end(1, `another process, perhaps another Crema, uses the data folder ${folder}; end it first.`);
    return;
  }
  const log = openLog(folder);
  const { line, problem } = log.from('main');
  process.on('uncaughtException', (error) => problem(error.stack ?? error.message));
  const store = new SettingsStore(folder, noKeyStore, openPlainly);
  for (const text of store.problems) line(`settings: ${text}`);
  const services = createServices({
    ...noWindow,
    switches,
    store,
    feed: new Feed(),
    threads,
    dataDirectory: folder,
    sessionDirectory: folder,
    log,
    ask: {
      ...noWindow.ask,
      rescue: async (_refused, failed) =>
        Promise.resolve(
          failed !== null || switches.rescue === null ? null : rescueFile(switches.rescue, Date.now()),
        ),
    },
    onServerThread: (serverThread) => giveWayTo(serverThread, [process.pid]),
  });
  let last = '';
  const printStatus = (): void => {
    const status = services.status();
    if (status !== last) line(status);
    last = status;
  };
  const ending = new AbortController();
  const stop = async (): Promise<void> => {
    ending.abort();
    await services.stop();
    lock.release();
  };
  const endBySignal = async (): Promise<void> => {
    await stop();
    line('ended');
    if (hasStuckThread()) process.kill(process.pid, 'SIGKILL');
    process.exit(services.server.isLost() ? recordsLost : 0);
  };
  // Before the start, because a partial start must also end in order.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (ending.signal.aborted) return;
      void endBySignal();
    });
  try {
    await services.start();
  } catch (error) {
    lock.release();
    throw error;
  }
  if (ending.signal.aborted) return;
  const timer = setInterval(printStatus, statusInterval);
  ending.signal.addEventListener('abort', () => clearInterval(timer));
}

function end(code: number, sentence: string): void {
  complain(sentence, () => process.exit(code));
}

ignoreClosedPipes();
const parsed = parseSwitches(process.argv.slice(2), 'serve');
switch (parsed.kind) {
  case 'help':
    printOwn(helpFor('serve'), () => process.exit(0));
    break;
  case 'wrong':
    end(2, parsed.sentence);
    break;
  case 'doctor': {
    const { runDoctor } = await import('./tools/doctor/terminal');
    process.exit(await runDoctor(parsed, usualFolder('Crema'), join(threads, '..', '..')));
  }
  case 'run':
    run(parsed.switches).catch((error: unknown) =>
      end(1, `it could not start: ${error instanceof Error ? error.message : String(error)}`),
    );
}
