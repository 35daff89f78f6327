/** The addresses for machine connections and package downloads: chosen by the user, stored, and shown on the terminal. */
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
import type { Base } from './base';
import type { PackagesService } from './packages';
import type { ServerService } from './server';
import type { Changed, Service } from './service';
import type { SettingsService } from './settings';

type Which = keyof Listeners;

/** ms between checks of this computer's adapters. */
const refreshInterval = 1_000;

interface ListenersParts {
  readonly store: SettingsStore;
  readonly server: ServerService;
  readonly packages: PackagesService;
  /** From the command line: they override the settings for this launch. */
  readonly switches: { readonly machineListen: Address | null; readonly updateListen: Address | null };
  /** Stores the settings and informs all users of them. */
  readonly changeSettings: SettingsService['change'];
  readonly changed: Changed;
}

type ListenersService = Service<
  | 'listen'
  | 'listenOn'
  | 'followAdapter'
  | 'setDirectLink'
  | 'retryListen'
  | 'stopListening'
  | 'selfTest'
  | 'adapters',
  'listeners' | 'network' | 'moved'
>;

export const listeners = (
  base: Base,
  {
    server,
    packages,
    settings,
  }: {
    readonly server: ServerService;
    readonly packages: PackagesService;
    readonly settings: SettingsService;
  },
): ListenersService => listenersService({ ...base, server, packages, changeSettings: settings.change });

function listenersService({
  store,
  server,
  packages,
  switches,
  changeSettings,
  changed,
}: ListenersParts): ListenersService {
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
  /** Adapters that the user does not want to follow, with their address at that time. */
  const unfollowed = new Map<string, string>();
  const checkForMoves = (): void => {
    const found = adapterMoves(store.settings.adapters, network);
    // An adapter that returns to its address and changes again leads to a new question.
    for (const name of unfollowed.keys())
      if (!found.some((one) => one.name === name)) unfollowed.delete(name);
    const next = found.filter(({ name, to }) => unfollowed.get(name) !== to);
    if (JSON.stringify(next) === JSON.stringify(moved)) return;
    moved = next;
    changed('moved');
  };
  /** With the adapters' names, which survive a change of address. The addresses for all or no adapters have no name. */
  const named = (hosts: readonly string[]): readonly ChosenAdapter[] =>
    hosts.flatMap((host) => {
      const known = store.settings.adapters.find((one) => one.host === host);
      const found = adapters().find(({ address, loopback }) => address === host && !loopback);
      return found === undefined ? (known ?? []) : { name: found.name, host };
    });
  let seen = '';
  const refreshNetwork = async (): Promise<void> => {
    const found = await adapterLinks();
    // On a change, windows request the addresses; `found` lacks those of IPv6.
    const now = JSON.stringify([found, adapters()]);
    if (now === seen) return;
    seen = now;
    network = found;
    changed('network');
    checkForMoves();
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
    checkForMoves();
    listened(updates);
    return kept(problem);
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    start: async () => {
      await refreshNetwork();
      timer = setInterval(() => void refreshNetwork(), refreshInterval).unref();
      // Settings from versions that stored no names.
      const { machineListen, adapters: known } = store.settings;
      const chosen = machineListen === null || known.length > 0 ? [] : named([machineListen.host]);
      if (chosen.length > 0) changeSettings({ adapters: [...chosen] });
      const { settings } = store;
      const machines = switches.machineListen ?? machineListenOf(settings);
      const updates = switches.updateListen ?? settings.updateListen ?? defaultListen.updates;
      // One by one: the second listener must avoid the alternative port that the first one offers.
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
        // Another address alone also changes the choice of adapters.
        const isOther = which === 'machines' && !chosen.some((one) => one.host === host);
        const problem = changeSettings({
          [settingOf[which]]: { host, port: state.port },
          ...(isOther && { adapters: [...named([host])] }),
        });
        checkForMoves();
        return kept(problem);
      },
      listenOn: ({ hosts, port }) => listenOn(hosts, port),
      followAdapter: async ({ name, to, yes }) => {
        const move = moved.find((one) => one.name === name && one.to === to);
        if (move === undefined) return null;
        if (!yes) {
          unfollowed.set(name, to);
          checkForMoves();
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
        // Clients on other adapters are then not heard at all.
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

/** The used or wanted port, and the offered alternative. */
function portsOf(state: ListenerState): readonly number[] {
  if (state.status === 'off') return [];
  const offered = state.status === 'failed' ? state.nextFree : null;
  return offered === null ? [state.port] : [state.port, offered];
}
