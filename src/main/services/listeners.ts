/** Where machines connect and where they fetch packages: chosen by a person, remembered, and said on the terminal. */
import { listenerNames, settingOf, type Listeners } from '#shared/contract/live';
import type { ListenerState } from '#shared/model/listener';
import type { AdapterLink } from '#shared/model/arrivals';
import { defaultListen, machineListenOf } from '#shared/model/settings';
import type { Address } from '../app/switches';
import { kept, Refusal } from '../ipc/requests';
import { adapterLinks } from '../link/adapterLinks';
import { adapters } from '../link/adapters';
import type { SettingsStore } from '../settings/store';
import type { Hosted } from '../upgrade/hostCalls';
import type { PackagesService } from './packages';
import type { ServerService } from './server';
import type { Changed, Service } from './service';

type Which = keyof Listeners;

/** ms between looks at this computer's adapters. */
const lookInterval = 2_000;

export interface ListenersParts {
  readonly store: SettingsStore;
  readonly server: ServerService;
  readonly packages: PackagesService;
  /** Of the command line: they win over the settings for this run. */
  readonly switches: { readonly machineListen: Address | null; readonly updateListen: Address | null };
  readonly changed: Changed;
}

export function listenersService({
  store,
  server,
  packages,
  switches,
  changed,
}: ListenersParts): Service<
  'listen' | 'retryListen' | 'stopListening' | 'selfTest' | 'adapters',
  'listeners' | 'network'
> {
  const hosted = (which: Hosted) => ({
    state: () => packages.listener(which),
    listen: (host: string, port: number, avoid: readonly number[]) =>
      packages.listen(which, host, port, avoid),
    retry: (avoid: readonly number[]) => packages.retryListen(which, avoid),
  });
  const all = {
    machines: { state: server.listener, listen: server.listen, retry: server.retryListen },
    updates: hosted('updates'),
    notices: hosted('notices'),
  };
  const avoided = (which: Which): readonly number[] =>
    listenerNames.flatMap((other) => (other === which ? [] : portsOf(all[other].state())));
  const listened = (state: ListenerState): null => {
    if (state.status === 'listening' || state.status === 'off') return null;
    const reason = state.status === 'waiting' ? 'noAddress' : state.reason;
    throw new Refusal('listenFailed', { host: state.host, port: state.port, reason });
  };
  let network: readonly AdapterLink[] = [];
  let seen = '';
  const look = async (): Promise<void> => {
    const found = await adapterLinks();
    // Windows ask for the addresses, of which those of IPv6 are no part of it, when it is told anew.
    const now = JSON.stringify([found, adapters()]);
    if (now === seen) return;
    seen = now;
    network = found;
    changed('network');
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    start: async () => {
      await look();
      timer = setInterval(() => void look(), lookInterval).unref();
      const { settings } = store;
      const machines = switches.machineListen ?? machineListenOf(settings);
      const updates = switches.updateListen ?? settings.updateListen ?? defaultListen.updates;
      // One after the other: what the first offers, where its port is in use, the second must not.
      await server.listen(machines.host, machines.port, [updates.port]);
      await packages.listen('updates', updates.host, updates.port, avoided('updates'));
      const notices = settings.noticeListen;
      if (notices !== null) await packages.listen('notices', notices.host, notices.port, avoided('notices'));
    },
    stop: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
    live: {
      listeners: () => ({
        machines: server.listener(),
        updates: packages.listener('updates'),
        notices: packages.listener('notices'),
      }),
      network: () => network,
    },
    requests: {
      adapters: () => adapters(),
      listen: async ({ which, host, port }) => {
        const state = await all[which].listen(host, port, avoided(which));
        listened(state);
        if (state.status !== 'listening') return null;
        const address = { host, port: state.port };
        const problem = store.change({ [settingOf[which]]: address });
        changed('settings');
        return kept(problem);
      },
      stopListening: async ({ which }) => {
        await packages.stopListening(which);
        const problem = store.change({ [settingOf[which]]: null });
        changed('settings');
        return kept(problem);
      },
      selfTest: ({ host }) => server.call('selfTest', { host }),
      retryListen: async ({ which }) => listened(await all[which].retry(avoided(which))),
    },
  };
}

/** What it listens on, or wants to, and what it offers instead. */
function portsOf(state: ListenerState): readonly number[] {
  if (state.status === 'off') return [];
  const offered = state.status === 'failed' ? state.nextFree : null;
  return offered === null ? [state.port] : [state.port, offered];
}
