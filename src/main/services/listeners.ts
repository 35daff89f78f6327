/** Where machines connect and where they fetch packages: chosen by a person, remembered, and said on the terminal. */
import type { Listeners } from '#shared/contract/live';
import type { ListenerState } from '#shared/model/listener';
import { defaultListen } from '#shared/model/settings';
import type { Address } from '../app/switches';
import { kept, Refusal } from '../ipc/requests';
import { adapters } from '../link/adapters';
import type { SettingsStore } from '../settings/store';
import type { PackagesService } from './packages';
import type { ServerService } from './server';
import type { Changed, Service } from './service';

type Which = keyof Listeners;

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
}: ListenersParts): Service<'listen' | 'retryListen' | 'adapters', 'listeners'> {
  const both = {
    machines: { listen: server.listen, retry: server.retryListen, other: packages.listener },
    updates: { listen: packages.listen, retry: packages.retryListen, other: server.listener },
  };
  const avoided = (which: Which): readonly number[] => portsOf(both[which].other());
  const listened = (state: ListenerState): null => {
    if (state.status === 'listening' || state.status === 'off') return null;
    const reason = state.status === 'waiting' ? 'noAddress' : state.reason;
    throw new Refusal('listenFailed', { host: state.host, port: state.port, reason });
  };
  return {
    start: async () => {
      const { settings } = store;
      const machines = switches.machineListen ?? settings.machineListen ?? defaultListen.machines;
      const updates = switches.updateListen ?? settings.updateListen ?? defaultListen.updates;
      // One after the other: what the first offers, where its port is in use, the second must not.
      await server.listen(machines.host, machines.port, [updates.port]);
      await packages.listen(updates.host, updates.port, avoided('updates'));
    },
    live: { listeners: () => ({ machines: server.listener(), updates: packages.listener() }) },
    requests: {
      adapters: () => adapters(),
      listen: async ({ which, host, port }) => {
        const state = await both[which].listen(host, port, avoided(which));
        listened(state);
        if (state.status !== 'listening') return null;
        const address = { host, port: state.port };
        const problem = store.change(
          which === 'machines' ? { machineListen: address } : { updateListen: address },
        );
        changed('settings');
        return kept(problem);
      },
      retryListen: async ({ which }) => listened(await both[which].retry(avoided(which))),
    },
  };
}

/** What it listens on, or wants to, and what it offers instead. */
function portsOf(state: ListenerState): readonly number[] {
  if (state.status === 'off') return [];
  const offered = state.status === 'failed' ? state.nextFree : null;
  return offered === null ? [state.port] : [state.port, offered];
}
