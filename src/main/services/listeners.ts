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
  const listen: Readonly<Record<Which, (host: string, port: number) => Promise<ListenerState>>> = {
    machines: server.listen,
    updates: packages.listen,
  };
  const retry: Readonly<Record<Which, () => Promise<ListenerState>>> = {
    machines: server.retryListen,
    updates: packages.retryListen,
  };
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
      await Promise.all([
        listen.machines(machines.host, machines.port),
        listen.updates(updates.host, updates.port),
      ]);
    },
    live: { listeners: () => ({ machines: server.listener(), updates: packages.listener() }) },
    requests: {
      adapters: () => adapters(),
      listen: async ({ which, host, port }) => {
        const state = await listen[which](host, port);
        listened(state);
        if (state.status !== 'listening') return null;
        const address = { host, port: state.port };
        const problem = store.change(
          which === 'machines' ? { machineListen: address } : { updateListen: address },
        );
        changed('settings');
        return kept(problem);
      },
      retryListen: async ({ which }) => listened(await retry[which]()),
    },
  };
}
