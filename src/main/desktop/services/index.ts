/** All services of the running app, in starting order; they stop in reverse order. */
import type { Language } from '../electron/plainPage';
import type { Handlers } from '../ipc/requests';
import { about } from './about';
import { anchoring } from './anchoring';
import { audit } from './audit';
import { baseOf } from './base';
import { captures } from './captures';
import { crashes, type Died } from './crashes';
import { doctor } from './doctor';
import { downloadTests } from './downloadTests';
import { fileExports } from './exports';
import { fetched } from './fetched';
import { fileDamage } from './fileDamage';
import { frames } from './frames';
import { listeners } from './listeners';
import { logging, type LogService } from './log';
import { notices } from './notices';
import { ownErrors } from './ownErrors';
import { ownProducts } from './ownProducts';
import { packages } from './packages';
import type { AppParts } from './parts';
import { registry } from './registry';
import { replays } from './replays';
import { sequences } from './sequences';
import { server, type ServerService } from './server';
import { compose, inOrder, together } from './service';
import { settings } from './settings';
import { simulator } from './simulator';
import { sites } from './sites';
import { sources } from './sources';
import { support } from './support';
import { tables } from './tables';
import { windows } from './windows';
import { reader } from './listFile';

/** ms for stopping the started services after a failed start; hanging ones are not awaited. */
const stopTimeoutMs = 15_000;

export interface Services {
  readonly handlers: Handlers;
  /** The current language of the windows. */
  readonly language: () => Language;
  /** The errors that windows showed. */
  readonly onErrors: LogService['onErrors'];
  /** Reports crashes outside the services. */
  readonly died: Died;
  readonly server: ServerService;
  /** Imports a capture; returns the job. */
  readonly openCapture: (file: string) => { readonly to: 'job'; readonly id: number };
  /** One status line for the terminal. */
  readonly status: () => string;
  /** Resolves early if `stop` is called. @throws the error of the start; by then all started services have stopped, or hang */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createServices(parts: AppParts): Services {
  const ending = new AbortController();
  const base = baseOf(parts, ending.signal);
  // A service may use the services of the groups above its own.
  const { services } = compose(base)
    .with({ crashes, fileDamage, audit, notices })
    .with({ captures, server })
    .with({ anchoring, reader, packages, sources, sites })
    .with({ fetched, settings, sequences, frames, fileExports, doctor, support, windows })
    .with({ listeners, simulator, replays, about, downloadTests, logging, ownErrors, ownProducts })
    .with({ registry, tables });
  const { live, requests } = together(services);
  const all = inOrder(Object.values(services), base.log.from('main').problem);
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    ending.abort();
    return (stopping ??= all.stop());
  };
  base.feed.open(live, (windowId) => {
    services.server.watch(windowId, null);
    void services.server.follow(windowId, { token: 0, filter: null });
  });
  return {
    handlers: services.audit.noting(requests),
    language: base.language,
    onErrors: services.logging.onErrors,
    died: services.crashes.died,
    server: services.server,
    openCapture: (file) => ({ to: 'job', id: services.captures.open(file).id }),
    status: () => {
      const machines = base.feed.rows('machines');
      const online = machines.filter((machine) => machine.online).length;
      const running = base.feed.rows('running');
      const { status } = services.server.report().status;
      return `${online} of ${machines.length} machines online, ${running.length} commands waiting, journal ${status}`;
    },
    start: async () => {
      try {
        if (!(await all.start())) return;
        services.crashes.alive();
        const { simulate } = base.switches;
        if (simulate > 0) await services.simulator.run(simulate, 'mixed');
      } catch (error) {
        // The end of the services made the start fail.
        if (ending.signal.aborted) return;
        await Promise.race([stop(), new Promise((resolve) => setTimeout(resolve, stopTimeoutMs))]);
        throw error;
      }
    },
    stop,
  };
}
