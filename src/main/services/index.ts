/** Every service of the running app, in the order in which they start; they stop in the reverse order. */
import { join } from 'node:path';
import type { AppFacts } from '#shared/contract/feed';
import type { ExportFormat } from '#shared/model/capture';
import type { Switches } from '../app/switches';
import type { Feed, WholeSources } from '../ipc/feed';
import type { Handlers } from '../ipc/requests';
import type { SettingsStore } from '../settings/store';
import { capturesService } from './captures';
import { doctorService } from './doctor';
import { framesService } from './frames';
import { listenersService } from './listeners';
import { packagesService } from './packages';
import { problemLog } from './problemLog';
import { rescue, type AskPlace } from './rescue';
import { serverService, type ServerService } from './server';
import { inOrder } from './service';
import { settingsService } from './settings';
import { simulatorService } from './simulator';
import { windowsService } from './windows';

/** ms in which what had begun ends after a start that failed: what hangs is not waited for. */
const farewell = 15_000;

export interface AppParts {
  readonly switches: Switches;
  readonly store: SettingsStore;
  readonly feed: Feed;
  readonly facts: AppFacts;
  /** Where the built threads are. */
  readonly threads: string;
  readonly dataDirectory: string;
  /** For files that end with the run. */
  readonly sessionDirectory: string;
  readonly dissector: string;
  readonly line: (line: string) => void;
  readonly problem: (detail: string) => void;
  readonly ask: {
    readonly zip: (windowId: number) => Promise<string | null>;
    readonly capture: (windowId: number) => Promise<string | null>;
    readonly place: (windowId: number, name: string) => Promise<string | null>;
    readonly export: (windowId: number, format: ExportFormat) => Promise<string | null>;
    /** For what the disk refuses at the end. */
    readonly rescue: AskPlace;
  };
  readonly openFirst: () => void;
  readonly openWindow: () => void;
  readonly copyText: (text: string) => void;
}

export interface Services {
  readonly handlers: Handlers;
  readonly server: ServerService;
  /** Reads a capture in; gives the job that does. */
  readonly openCapture: (file: string) => { readonly to: 'job'; readonly id: number };
  /** One line for a terminal. */
  readonly status: () => Promise<string>;
  /** @throws what keeps it from starting; everything that had begun has ended then, or hangs */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createServices(parts: AppParts): Services {
  const { store, feed, switches, line, problem, ask, dataDirectory } = parts;
  const thread = (name: string): string => join(parts.threads, `${name}.js`);
  const changed = feed.changed.bind(feed);
  const now = Date.now;
  const packages = packagesService({
    directory: join(dataDirectory, 'packages'),
    worker: thread('packageWorker'),
    hostWorker: thread('packageHostWorker'),
    now,
    line,
    askFile: ask.zip,
    changed,
    tellServer: (change) => server.tell('change', change),
    wanted: () => server.call('wantedPackages', undefined),
  });
  const server: ServerService = serverService({
    worker: thread('serverThread'),
    journalWorker: thread('journalWorker'),
    journal: join(dataDirectory, 'journal.sqlite'),
    store,
    facts: () => ({
      packages: packages.packages(),
      updates: packages.listener(),
      virtualPorts: simulator.ports(),
    }),
    feed,
    now,
    line,
    problem,
    rescue: rescue({ place: ask.rescue, line, problem }),
    connectHost: packages.connectHost,
    startPatience: switches.startPatience === null ? undefined : switches.startPatience * 1_000,
  });
  const simulator = simulatorService({ worker: thread('simulatorWorker'), server, changed, problem });
  const captures = capturesService({
    directory: join(parts.sessionDirectory, 'captures'),
    jobWorker: thread('jobWorker'),
    journalWorker: thread('journalWorker'),
    store,
    liveJournal: join(dataDirectory, 'journal.sqlite'),
    hasLive: () => server.report().isReadable,
    flushLive: () => server.call('flush', undefined),
    dissector: parts.dissector,
    askPlace: ask.place,
    askOpen: ask.capture,
    askSave: ask.export,
    changed,
  });
  const settings = settingsService({ store, server, changed });
  const frames = framesService({ store, server, captures, feed, problem });
  const listeners = listenersService({ store, server, packages, switches, changed });
  const doctor = doctorService({
    worker: thread('doctorWorker'),
    appPath: join(parts.threads, '..', '..'),
    folder: dataDirectory,
    listeners: listeners.live.listeners,
  });
  const problems = problemLog({ problem, now });
  const { facts, openFirst, openWindow, copyText } = parts;
  const windows = windowsService({ facts, feed, server, openFirst, openWindow, copyText });

  const all = inOrder(
    [captures, server, packages, settings, frames, doctor, windows, listeners, simulator],
    problem,
  );
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= all.stop());
  const live: WholeSources = {
    ...captures.live,
    ...server.live,
    ...packages.live,
    ...settings.live,
    ...listeners.live,
    ...simulator.live,
  };
  feed.open(live, (windowId) => {
    server.watch(windowId, null);
    server.follow(windowId, { token: 0, filter: null });
  });
  return {
    handlers: {
      ...captures.requests,
      ...server.requests,
      ...packages.requests,
      ...settings.requests,
      ...frames.requests,
      ...windows.requests,
      ...listeners.requests,
      ...simulator.requests,
      ...doctor.requests,
      ...problems.requests,
    },
    server,
    openCapture: (file) => ({ to: 'job', id: captures.open(file).id }),
    status: async () => {
      const { machines, running } = await server.call('snapshot', undefined);
      const online = machines.filter((machine) => machine.online).length;
      const { status } = server.report().status;
      return `${online} of ${machines.length} machines online, ${running.length} commands waiting, journal ${status}`;
    },
    start: async () => {
      try {
        if ((await all.start()) && switches.simulate > 0) await simulator.run(switches.simulate, 'mixed');
      } catch (error) {
        await Promise.race([stop(), new Promise((resolve) => setTimeout(resolve, farewell))]);
        throw error;
      }
    },
    stop,
  };
}
