/** The running app: every service, the connections between them, and the order in which they start and stop. */
import { join } from 'node:path';
import { app, clipboard } from 'electron';
import { defaultListen } from '#shared/model/settings';
import { askQuit } from './app/askQuit';
import { keyStore } from './app/keyStore';
import { setMenu } from './app/menu';
import { origin, servePage } from './app/page';
import { denyPermissions, lockDown } from './app/security';
import type { Switches } from './app/switches';
import { askCapture, askExport, askPlace, askZip } from './app/dialogs';
import { Windows } from './app/windows';
import { Feed } from './ipc/feed';
import { registerHandlers } from './ipc/guard';
import { handlers } from './ipc/handlers';
import type { Services, Which } from './ipc/services';
import { makeCaptures } from './services/captures';
import { makeCommands, type CommandsPart } from './services/commands';
import { adapters } from './link/adapters';
import { Listener } from './link/listener';
import { MachineServer } from './link/machineServer';
import { keepJournal } from './services/journal';
import { machinesService } from './services/machines';
import { Marks } from './services/marks';
import { faultsForgotten } from './session/faults';
import { Fleet } from './session/fleet';
import { frameFacts, RecentFrames, type Labels } from './session/recentFrames';
import { frameRow } from './session/frameRows';
import { described, sayJournal } from './services/logLines';
import { SettingsStore } from './settings/store';

import { makeSource } from './services/source';
import { SimulatorHost } from './simulator/host';
import { makeUpgrades } from './services/packages';

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
  const { journal, entryLog } = kept;
  sayJournal(kept.opened, say);
  const recent = new RecentFrames();
  const server = new MachineServer(
    {
      now,
      record: (entry) => entryLog.record(entry),
      machine: (vmcNo) => fleet.machine(vmcNo),
      config: (vmcNo) => store.config(vmcNo),
      code: (vmcNo) => store.code(vmcNo),
      paymentTypes: () => paymentTypes,
      directLink: () => store.settings.directLink,
    },
    kept.last.conn,
  );
  const simulator = new SimulatorHost(join(outDirectory, 'main', 'simulatorWorker.js'));
  const upgrades = makeUpgrades({
    directory: join(app.getPath('userData'), 'packages'),
    workerFile: join(outDirectory, 'main', 'packageWorker.js'),
    hostWorkerFile: join(outDirectory, 'main', 'packageHostWorker.js'),
    now,
    say,
    askFile: askZip,
    isWanted: (packageId) => commands.running().some(({ input }) => input['packageId'] === packageId),
    onChange: (part) => feed.partChanged(part),
    onTransfer: (transfer) => commands.onTransfer(transfer),
    onNotice: (notice) => commands.onNotice(notice),
  });
  const listeners: Record<Which, Pick<Listener, 'state' | 'onState' | 'listen' | 'retry' | 'stop'>> = {
    machines: new Listener(() => server.createServer(), { now }),
    updates: upgrades.host,
  };
  const commands: CommandsPart = makeCommands({
    now,
    machine: (vmcNo) => fleet.machine(vmcNo),
    platform: (vmcNo) => store.config(vmcNo).platform ?? fleet.machine(vmcNo)?.platform ?? null,
    server,
    journal,
    entryLog,
    upgrades,
    last: kept.last.command,
    onChange: (command) => feed.commandChanged(command),
  });

  const keptMarks = journal.isReadable ? await journal.query('marks', null) : [];
  const marks = new Marks((mark) => journal.query('setMark', mark), keptMarks);
  const labels: Labels = {
    nameOf: (vmcNo) => store.config(vmcNo).name,
    markOf: (entry) => marks.of(entry),
  };
  const live = makeSource({ machine: (vmcNo) => fleet.machine(vmcNo), journal, recent, store, labels });
  const captures = makeCaptures({
    directory: join(app.getPath('sessionData'), 'captures'),
    jobWorker: join(outDirectory, 'main', 'jobWorker.js'),
    journalWorker: join(outDirectory, 'main', 'journalWorker.js'),
    store,
    liveJournal: join(app.getPath('userData'), 'journal.sqlite'),
    hasLive: () => journal.isReadable,
    flushLive: () => journal.flush(),
    dissector: join(app.getAppPath(), 'resources', 'crema.lua'),
    askPlace,
    askOpen: askCapture,
    askSave: (windowId, { format }) => askExport(windowId, format),
    onChange: (part) => feed.partChanged(part),
  });
  const systemLanguage =
    app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';
  const services: Services = {
    app: {
      version: app.getVersion(),
      platformName: process.platform,
      systemLanguage,
      languageSwitch: switches.lang,
      copyText: (text) => void clipboard.writeText(text),
      openWindow: () => windows.open(),
    },
    machines: machinesService({
      fleet,
      recent,
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
      get status() {
        return journal.state;
      },
      size: async () => (journal.isReadable ? journal.query('size', null) : null),
      setMark: async (change) => (journal.isReadable ? marks.change(change) : null),
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
    live,
    captures,
    commands,
    packages: upgrades.service,
  };
  const feed = new Feed(services);
  let damagedCopy = journal.state.status === 'open' ? journal.state.damagedCopy : null;
  journal.onState((state) => {
    feed.partChanged('journal');
    if (state.status !== 'open' || state.damagedCopy === damagedCopy) return;
    damagedCopy = state.damagedCopy;
    // The new file knows no machine yet, and a machine that stays silent would be unknown to the next run.
    for (const [vmcNo, machine] of fleet.machines)
      journal.keepMachine(vmcNo, entryLog.lastId, JSON.stringify(machine));
  });
  kept.keepWithin(() => store.settings.retention);
  await upgrades.open().catch((error: unknown) => say(`packages: can't be opened (${String(error)})`));
  await commands.open();
  /** They are for training: once stopped they are not left on the list, nor on the next run's. */
  const stopVirtual = async (): Promise<void> => {
    await simulator.stop();
    await new Promise((resolve) => setTimeout(resolve, farewellTime));
    for (const vmcNo of services.machines.forgetVirtual()) feed.machineForgotten(vmcNo);
  };

  entryLog.onEntry((entry, change) => {
    // What came before it on its connection is told again, now that it is known whose it is.
    for (const one of recent.add(entry)) feed.frameNamed(frameFacts(one, labels), frameRow(one));
    feed.frame(
      () => frameFacts(entry, labels),
      () => frameRow(entry),
    );
    if (change === null) {
      feed.partChanged('unnamed');
      return;
    }
    const { vmcNo } = change;
    feed.machineChanged(vmcNo);
    feed.faultsChanged(change.faults);
    feed.ordersChanged(change.orders);
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

  const windows = new Windows({
    url: ownPage,
    outDirectory,
    place: () => store.window,
    savePlace: (place) => {
      store.window = place;
    },
    onOpened: (contents) => feed.add(contents),
  });
  app.on('second-instance', () => windows.toFront());
  app.on('activate', () => windows.openFirst());
  app.on('window-all-closed', () => {
    void (async () => {
      if (journal.state.status === 'failing') await journal.flush();
      const { language } = store.settings;
      const spoken = switches.lang ?? (language === 'system' ? systemLanguage : language);
      if (journal.refused > 0 && (await askQuit(spoken, journal.refused)) === 'stay') windows.openFirst();
      else app.quit();
    })();
  });

  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    clearInterval(unnamedTimer);
    commands.stop();
    feed.stop();
    void (async () => {
      if (simulator.state.running > 0) await stopVirtual();
      await Promise.all([listeners.machines.stop(), listeners.updates.stop()]);
      server.closeAll('shutdown');
      await captures.close();
      await kept.close();
      stopped = true;
      app.quit();
    })();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  windows.openFirst();
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
