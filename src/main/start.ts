/** The running app: every service, the connections between them, and the order in which they start and stop. */
import { join } from 'node:path';
import { app, clipboard, type BrowserWindow } from 'electron';
import { defaultListen } from '#shared/model/settings';
import type { ListenerState } from '#shared/model/listener';
import { keyStore } from './app/keyStore';
import { setMenu } from './app/menu';
import { origin, servePage } from './app/page';
import { denyPermissions, lockDown } from './app/security';
import type { Switches } from './app/switches';
import { openWindow } from './app/window';
import { Feed } from './ipc/feed';
import { registerHandlers } from './ipc/guard';
import { handlers } from './ipc/handlers';
import type { Services, Which } from './ipc/services';
import { adapters } from './link/adapters';
import { Listener } from './link/listener';
import { MachineServer } from './link/machineServer';
import type { OpenResult } from './journal/calls';
import { keepJournal } from './keeping';
import { machinesService } from './machines';
import { faultsForgotten } from './session/faults';
import { Fleet } from './session/fleet';
import { RecentFrames } from './session/recent';
import { frameRow } from './session/rows';
import { SettingsStore } from './settings/store';
import { SimulatorHost } from './simulator/host';
import { createUpdateServer } from './upgrade/host';

/** ms in which the connections of stopped virtual machines end. */
const farewellTime = 300;
/** ms between looks at connections that have not said a machine number. */
const unnamedInterval = 1_000;
/** Payment types answered to a QR request for `all` [ours]. */
const paymentTypes = ['wx_pub', 'alipay'];

export async function start(switches: Switches, outDirectory: string): Promise<void> {
  // A bug in one corner must not stop the server for every machine: it is written down and the rest goes on.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`crema: ${error.stack ?? error.message}\n`);
  });
  const now = Date.now;
  const store = new SettingsStore(app.getPath('userData'), keyStore);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (store.damagedCopy !== null) say(`settings: the file was damaged; it is kept as ${store.damagedCopy}`);

  const fleet = new Fleet();
  const kept = await keepJournal(
    app.getPath('userData'),
    join(outDirectory, 'main', 'journalWorker.js'),
    fleet,
  );
  const { journal, ledger } = kept;
  sayJournal(kept.opened, say);
  const recent = new RecentFrames();
  const server = new MachineServer(
    {
      now,
      record: (entry) => ledger.record(entry),
      machine: (vmcNo) => fleet.machine(vmcNo),
      config: (vmcNo) => store.config(vmcNo),
      code: (vmcNo) => store.code(vmcNo),
      paymentTypes: () => paymentTypes,
    },
    kept.lastConn,
  );
  const simulator = new SimulatorHost(join(outDirectory, 'main', 'simulatorWorker.js'));
  const listeners: Record<Which, Listener> = {
    machines: new Listener(() => server.createServer(), { now }),
    updates: new Listener(createUpdateServer, { now }),
  };

  const services: Services = {
    app: {
      version: app.getVersion(),
      platformName: process.platform,
      systemLanguage:
        app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en',
      languageSwitch: switches.lang,
      copyText: (text) => void clipboard.writeText(text),
    },
    machines: machinesService({
      fleet,
      recent,
      journal,
      server,
      store,
      isVirtual: (port) => simulator.localPorts.has(port),
      onForgotten: (machine) => {
        const faults = faultsForgotten(machine, now());
        kept.forget(machine.vmcNo, faults);
        feed.faultsChanged(faults);
      },
    }),
    history: {
      faults: async (query) => (journal.isReadable ? journal.query('faults', query) : null),
    },
    listen: {
      states: () => ({ machines: listeners.machines.state, updates: listeners.updates.state }),
      adapters,
      listen: (which, host, port) => listeners[which].listen(host, port),
      retry: (which) => listeners[which].retry(),
    },
    settings: {
      get settings() {
        return store.settings;
      },
      get configs() {
        return store.configs;
      },
      change: (patch) => store.change(patch),
      changeMachine: (vmcNo, patch) => store.changeMachine(vmcNo, patch),
      setCode: (vmcNo, code) => store.setCode(vmcNo, code),
      codeStored: (vmcNo) => store.codeStored(vmcNo),
    },
    simulator: {
      get state() {
        return simulator.state;
      },
      run: async (count, platform) => {
        const { state } = listeners.machines;
        if (count === 0) return stopVirtual();
        if (state.status !== 'listening') return;
        const host = state.host === '0.0.0.0' ? '127.0.0.1' : state.host === '::' ? '::1' : state.host;
        await simulator.start({
          host,
          port: state.port,
          count,
          platform,
          seed: Math.floor(Math.random() * 1e6),
        });
      },
      fault: (vmcNo, fault, on) => simulator.setFault(vmcNo, fault, on),
    },
  };
  const feed = new Feed(services);
  /** They are for training: once stopped they are not left on the list, nor on the next run's. */
  const stopVirtual = async (): Promise<void> => {
    await simulator.stop();
    await new Promise((resolve) => setTimeout(resolve, farewellTime));
    for (const vmcNo of services.machines.forgetVirtual()) feed.machineForgotten(vmcNo);
  };

  ledger.onEntry((entry, change) => {
    recent.add(entry);
    if (change === null) {
      feed.partChanged('unnamed');
      return;
    }
    const { vmcNo } = change;
    feed.machineChanged(vmcNo);
    feed.faultsChanged(change.faults);
    if (entry.kind === 'frame' || entry.kind === 'junk') feed.frame(vmcNo, () => frameRow(entry));
    // A machine that has just said its number leaves the list of those that have not.
    if (entry.kind === 'frame' && entry.message.body.cmd === 'login') feed.partChanged('unnamed');
  });
  // Bytes that make no frame yet are no entry, but a person waiting for a machine wants to see them come.
  const unnamedTimer = setInterval(() => {
    if (server.unnamed().length > 0) feed.partChanged('unnamed');
  }, unnamedInterval);
  simulator.onProblem(
    (detail) => void process.stderr.write(`crema: the virtual machines stopped: ${detail}\n`),
  );
  simulator.onState(() => {
    feed.partChanged('simulator');
    for (const vmcNo of fleet.machines.keys()) feed.machineChanged(vmcNo);
  });
  for (const which of ['machines', 'updates'] as const) {
    listeners[which].onState((state) => {
      if (state.status !== 'off') say(`${which}: ${described(state)}`);
      feed.partChanged('listeners');
    });
  }

  // In development the page comes from Vite's server, which is told by this variable and reloads it by itself.
  const ownPage = new URL(process.env['ELECTRON_RENDERER_URL'] ?? `${origin}/`).href;
  const isOwnPage = (url: string): boolean => url === ownPage || url.startsWith(`${ownPage}#`);
  lockDown(isOwnPage);
  denyPermissions();
  setMenu();
  servePage(join(outDirectory, 'renderer'));
  registerHandlers(handlers(services, feed), {
    isOwnPage,
    isOwnWindow: (id) => feed.has(id),
    onBug: (verb, error) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`crema: ${verb} failed: ${detail}\n`);
    },
  });

  let window: BrowserWindow | null = null;
  const open = (): void => {
    window = openWindow({
      url: ownPage,
      outDirectory,
      place: store.window,
      savePlace: (place) => (store.window = place),
    });
    feed.add(window.webContents);
    window.on('closed', () => (window = null));
  };
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (window === null) open();
  });
  app.on('window-all-closed', () => app.quit());

  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    clearInterval(unnamedTimer);
    feed.stop();
    void (async () => {
      if (simulator.state.running > 0) await stopVirtual();
      await Promise.all([listeners.machines.stop(), listeners.updates.stop()]);
      server.closeAll('shutdown');
      await kept.close();
      stopped = true;
      app.quit();
    })();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  open();
  const addressOf = (which: Which): { readonly host: string; readonly port: number } =>
    which === 'machines'
      ? (switches.machineListen ?? store.settings.machineListen ?? defaultListen.machines)
      : (switches.updateListen ?? store.settings.updateListen ?? defaultListen.updates);
  await Promise.all(
    (['machines', 'updates'] as const).map((which) => {
      const { host, port } = addressOf(which);
      return listeners[which].listen(host, port);
    }),
  );
  if (switches.simulate > 0) await services.simulator.run(switches.simulate, 'mixed');
}

function sayJournal(opened: OpenResult, say: (line: string) => void): void {
  switch (opened.kind) {
    case 'open':
      if (opened.damagedCopy !== null)
        say(`journal: the file was damaged; it is kept as ${opened.damagedCopy}`);
      return;
    case 'newer':
      say(`journal: written by a newer Crema (schema ${opened.version}); nothing is recorded in this run`);
      return;
    case 'failed':
      say(`journal: can't be opened (${opened.detail}); nothing is recorded in this run`);
  }
}

/** A listener's state in one line of plain English, for the terminal. */
function described(state: Exclude<ListenerState, { status: 'off' }>): string {
  switch (state.status) {
    case 'listening':
      return `listening on ${joined(state)}`;
    case 'waiting':
      return `no adapter of this computer has the address ${state.host} now; waiting for it`;
    case 'failed': {
      if (state.reason === 'denied')
        return `not allowed to listen on ${joined(state)}; choose a port above 1023`;
      if (state.reason !== 'inUse') return `can't listen on ${joined(state)} (${state.detail})`;
      const by = state.holder === null ? '' : ` by ${state.holder.name} (process ${state.holder.pid})`;
      const next = state.nextFree === null ? '' : `; port ${state.nextFree} is free`;
      return `port ${state.port} on ${state.host} is in use${by}${next}`;
    }
  }
}

function joined({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
