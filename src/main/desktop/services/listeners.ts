/** Where machines connect and where they fetch packages: chosen by a person, remembered, and said on the terminal. */
import { listenerNames, settingOf, type Listeners } from '#shared/contract/live';
import { adapterMoves, listenAtOf, type AdapterMove, type ChosenAdapter } from '#shared/model/chosenAdapters';
import type { ListenAt, ListenerState } from '#shared/model/listener';
import type { AdapterLink } from '#shared/model/arrivals';
import { defaultListen, machineListenOf } from '#shared/model/settings';
import type { Address } from '../../lib/launch/switches';
import { kept, Refusal } from '../ipc/requests';
import { adapterLinks } from '../../lib/net/adapterLinks';
import { adapters } from '../../lib/net/adapters';
import type { SettingsStore } from '../../lib/settings/store';
import type { Hosted } from '../../packages/api';
import type { PackagesService } from './packages';
import type { ServerService } from './server';
import type { Changed, Service } from './service';
import type { SettingsService } from './settings';

type Which = keyof Listeners;

/** ms between looks at this computer's adapters. */
const lookInterval = 1_000;

export interface ListenersParts {
  readonly store: SettingsStore;
  readonly server: ServerService;
  readonly packages: PackagesService;
  /** Of the command line: they win over the settings for this run. */
  readonly switches: { readonly machineListen: Address | null; readonly updateListen: Address | null };
  /** Kept, and told to everybody. */
  readonly changeSettings: SettingsService['change'];
  readonly changed: Changed;
}

export function listenersService({
  store,
  server,
  packages,
  switches,
  changeSettings,
  changed,
}: ListenersParts): Service<
  | 'listen'
  | 'listenOn'
  | 'followAdapter'
  | 'setDirectLink'
  | 'retryListen'
  | 'stopListening'
  | 'selfTest'
  | 'adapters',
  'listeners' | 'network' | 'moved'
> {
  const hosted = (which: Hosted) => ({
    state: () => packages.listener(which),
    listen: (...args: Parameters<ServerService['listen']>) => packages.listen(which, ...args),
    retry: (avoid: readonly number[]) => packages.retryListen(which, avoid),
  });
  const all = {
    machines: { state: server.listener, listen: server.listen, retry: server.retryListen },
    updates: hosted('updates'),
    notices: hosted('notices'),
  };
  const avoided = (which: Which): readonly number[] =>
    listenerNames.flatMap((other) => (other === which ? [] : portsOf(all[other].state())));
  const listen = (which: Which, { host, port, others = [] }: ListenAt, avoid = avoided(which)) =>
    all[which].listen(host, port, avoid, others);
  const listened = (state: ListenerState): null => {
    if (state.status === 'listening' || state.status === 'off') return null;
    const reason = state.status === 'waiting' ? 'noAddress' : state.reason;
    throw new Refusal('listenFailed', { host: state.host, port: state.port, reason });
  };

  let network: readonly AdapterLink[] = [];
  let moved: readonly AdapterMove[] = [];
  /** Adapters that are not to be followed, with the address that each had then. */
  const unfollowed = new Map<string, string>();
  const lookForMoves = (): void => {
    const found = adapterMoves(store.settings.adapters, network);
    // One that has its address again, and then another, is asked about again.
    for (const name of unfollowed.keys())
      if (!found.some((one) => one.name === name)) unfollowed.delete(name);
    const next = found.filter(({ name, to }) => unfollowed.get(name) !== to);
    if (JSON.stringify(next) === JSON.stringify(moved)) return;
    moved = next;
    changed('moved');
  };
  /** With their names, which outlast a change of address; those of all adapters or of none have no name. */
  const named = (hosts: readonly string[]): readonly ChosenAdapter[] =>
    hosts.flatMap((host) => {
      const known = store.settings.adapters.find((one) => one.host === host);
      const found = adapters().find(({ address, loopback }) => address === host && !loopback);
      return found === undefined ? (known ?? []) : { name: found.name, host };
    });
  let seen = '';
  const look = async (): Promise<void> => {
    const found = await adapterLinks();
    // Windows ask for the addresses, of which those of IPv6 are no part of it, when it is told anew.
    const now = JSON.stringify([found, adapters()]);
    if (now === seen) return;
    seen = now;
    network = found;
    changed('network');
    lookForMoves();
  };
  const listenOn = async (hosts: readonly string[], port: number): Promise<null> => {
    const [host = '', ...others] = hosts;
    const machines = await listen('machines', { host, port, others });
    listened(machines);
    const { settings } = store;
    const before = all.updates.state();
    const updatePort =
      before.status === 'off' ? (settings.updateListen ?? defaultListen.updates).port : before.port;
    const updates = await listen('updates', { host, port: updatePort, others });
    const problem = changeSettings({
      machineListen: { host, port: portOf(machines, port) },
      adapters: [...named(hosts)],
      ...(updates.status === 'listening' && { updateListen: { host, port: updates.port } }),
    });
    lookForMoves();
    listened(updates);
    return kept(problem);
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    start: async () => {
      await look();
      timer = setInterval(() => void look(), lookInterval).unref();
      // What was chosen before names were kept.
      const { machineListen, adapters: known } = store.settings;
      const chosen = machineListen === null || known.length > 0 ? [] : named([machineListen.host]);
      if (chosen.length > 0) changeSettings({ adapters: [...chosen] });
      const { settings } = store;
      const machines = switches.machineListen ?? machineListenOf(settings);
      const updates = switches.updateListen ?? settings.updateListen ?? defaultListen.updates;
      // One after the other: what the first offers, where its port is in use, the second must not.
      await listen('machines', listenAtOf(machines, settings.adapters), [updates.port]);
      await listen('updates', listenAtOf(updates, settings.adapters));
      if (settings.noticeListen !== null) await listen('notices', settings.noticeListen);
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
      moved: () => moved,
    },
    requests: {
      adapters: () => adapters(),
      listen: async ({ which, host, port }) => {
        const chosen = store.settings.adapters;
        const at = which === 'notices' ? { host, port } : listenAtOf({ host, port }, chosen);
        const state = await listen(which, at);
        listened(state);
        if (state.status !== 'listening') return null;
        // Another address alone is another choice of adapters.
        const isOther = which === 'machines' && !chosen.some((one) => one.host === host);
        const problem = changeSettings({
          [settingOf[which]]: { host, port: state.port },
          ...(isOther && { adapters: [...named([host])] }),
        });
        lookForMoves();
        return kept(problem);
      },
      listenOn: ({ hosts, port }) => listenOn(hosts, port),
      followAdapter: async ({ name, to, yes }) => {
        const move = moved.find((one) => one.name === name && one.to === to);
        if (move === undefined) return null;
        if (!yes) {
          unfollowed.set(name, to);
          lookForMoves();
          return null;
        }
        const { adapters: chosen, noticeListen } = store.settings;
        if (noticeListen?.host === move.from) {
          await listen('notices', { ...noticeListen, host: to });
          changeSettings({ noticeListen: { ...noticeListen, host: to } });
        }
        const hosts = chosen.map(({ host }) => (host === move.from ? to : host));
        return listenOn(hosts, portOf(server.listener(), machineListenOf(store.settings).port));
      },
      setDirectLink: async ({ link, host }) => {
        // Whoever comes by another adapter is not heard at all.
        if (host !== null)
          await listenOn([host], portOf(server.listener(), machineListenOf(store.settings).port));
        return kept(changeSettings({ directLink: link }));
      },
      stopListening: async ({ which }) => {
        await packages.stopListening(which);
        return kept(changeSettings({ [settingOf[which]]: null }));
      },
      selfTest: ({ host }) => server.call('selfTest', { host }),
      retryListen: async ({ which }) => listened(await all[which].retry(avoided(which))),
    },
  };
}

const portOf = (state: ListenerState, other: number): number => (state.status === 'off' ? other : state.port);

/** What it listens on, or wants to, and what it offers instead. */
function portsOf(state: ListenerState): readonly number[] {
  if (state.status === 'off') return [];
  const offered = state.status === 'failed' ? state.nextFree : null;
  return offered === null ? [state.port] : [state.port, offered];
}
