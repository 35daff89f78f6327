/** All services of the running app, in starting order; they stop in reverse order. */
import { join } from 'node:path';
import { rowOf } from '#shared/commands/kit/rows';
import { askedFileOf } from '#shared/model/fetched';
import { ratesOf } from '#shared/model/upgrade';
import { oneLine } from '#shared/visible';
import { deathsReported } from '../electron/deaths';
import type { Language } from '../electron/plainPage';
import { homeOf } from '../../lib/files/home';
import { FileReader } from '../../tools/readers/api';
import { aboutService } from './about';
import { auditService } from './audit';
import { capturesService } from './captures';
import { crashFacts } from './crashFacts';
import { crashesService } from './crashes';
import { doctorService, ownComputer } from './doctor';
import { downloadTestsService } from './downloadTests';
import { exportsService } from './exports';
import { fetchedService } from './fetched';
import { fileDamageService } from './fileDamage';
import { framesService } from './frames';
import { KnownRows } from './knownRows';
import { listenersService } from './listeners';
import { ownErrorsService } from './ownErrors';
import { ownProductsService } from './ownProducts';
import { notices } from './notices';
import { packagesService } from './packages';
import type { AppParts, Services } from './parts';
import { logService } from './log';
import { registryService } from './registry';
import { replaysService } from './replays';
import { rescue } from './rescue';
import { serverService, type ServerService } from './server';
import { sequencesService } from './sequences';
import { inOrder, together } from './service';
import { settingsService } from './settings';
import { shownErrors } from './shownErrors';
import { simulatorService, type SimulatorService } from './simulator';
import { supportService } from './support';
import { supportFacts } from './supportFacts';
import { tablesService } from './tables';
import { windowsService } from './windows';

/** ms for stopping the started services after a failed start; hanging ones are not awaited. */
const stopTimeoutMs = 15_000;

/** Language keys of texts that contain both languages. */
const shortNames = { en: 'en', 'zh-CN': 'zh' } as const;

export function createServices(parts: AppParts): Services {
  const { store, feed, switches, log, dataDirectory } = parts;
  // The name may come from a machine or a package.
  const ask = {
    ...parts.ask,
    place: (window: number, name: string) => parts.ask.place(window, oneLine(name)),
  };
  const { line, problem } = log.from('main');
  log.hide(store.codes().values());
  const journalFile = join(dataDirectory, 'journal.sqlite');
  const thread = (name: string): string => join(parts.threads, `${name}.js`);
  const changed = feed.changed.bind(feed);
  const now = Date.now;
  const known = new KnownRows();
  const crashes = crashesService({
    directory: join(dataDirectory, 'crashes'),
    dumps: parts.dumps,
    now,
    log,
    facts: parts.facts,
    changed,
    crashFacts: () => crashFacts({ feed, known, screens: parts.screens }),
  });
  const { died } = crashes;
  const fileDamage = fileDamageService({ changed, line: log.from('main').line });
  const onDamage = fileDamage.report;
  const packages = packagesService({
    directory: join(dataDirectory, 'packages'),
    script: thread('packageWorker'),
    startProcess: parts.startProcess,
    hostWorker: thread('packageHostWorker'),
    files: join(dataDirectory, 'fetched'),
    rates: () => ratesOf(store.settings),
    onOffered: () => downloadTests.offered(),
    onUpload: (upload) => fetched.take(upload),
    noticesMoved: () => simulator.noticesMoved(),
    now,
    line: log.from('packages').line,
    onDamage,
    died,
    askFile: ask.zip,
    askPlace: ask.place,
    changed,
    reportToServer: (facts) => server.learn(facts),
    wanted: () => server.call('wantedPackages', undefined),
  });
  const reader = new FileReader(thread('fileReader'), parts.startProcess);
  const fetched = fetchedService({
    reader,
    folder: join(dataDirectory, 'fetched'),
    session: parts.sessionDirectory,
    askPlace: ask.place,
    addPackage: (file, vmcNo) => {
      const model = known.row('machines', vmcNo)?.model ?? '';
      return packages.add(file, { origin: { vmcNo, model } });
    },
    onProducts: (vmcNo, file) => server.notify('productsFetched', { vmcNo, file }),
    asked: async (id) => {
      const query = { vmcNo: null, before: id + 1, limit: 1 };
      const [command] = (await server.journal()?.query('commands', query)) ?? [];
      if (command?.id !== id || rowOf(command.name).needs !== 'address') return null;
      return { ...askedFileOf(command.input), askedAt: command.sentAt ?? command.createdAt };
    },
    onDamage,
    changed,
    line: log.from('packages').line,
  });
  let rescued: string | null = null;
  const server: ServerService = serverService({
    worker: thread('serverThread'),
    journalWorker: thread('journalWorker'),
    journal: journalFile,
    home: homeOf(dataDirectory),
    store,
    feed,
    known,
    now,
    ...log.from('server'),
    died,
    rescue: rescue({ place: ask.rescue, written: (file) => (rescued = file), line, problem }),
    onThread: parts.onServerThread,
    onFaults: (faults) => faultNotices.take(faults),
    onRunCommands: (commands) => audit.takeRunCommands(commands),
    onDirectMachine: (vmcNo) => {
      const { directLink } = store.settings;
      if (directLink !== null) settings.change({ directLink: { ...directLink, vmcNo } });
    },
    onCommands: (commands) => audit.take(commands),
    connectHost: packages.connectHost,
    startPatience: switches.startPatience === null ? undefined : switches.startPatience * 1_000,
    places: switches.connections ?? undefined,
    refusedLimit: switches.refusedLimit ?? undefined,
  });
  const faultNotices = notices({
    store,
    now,
    language: () => shortNames[language()],
    platform: (vmcNo) => known.row('machines', vmcNo)?.platform ?? null,
    show: parts.notify,
    open: parts.openPlace,
    line: log.from('notices').line,
  });
  const simulator: SimulatorService = simulatorService({
    worker: thread('simulatorWorker'),
    server,
    noticesAt: () => packages.listener('notices'),
    changed,
    problem: log.from('virtual').problem,
    died,
  });
  const captures = capturesService({
    directory: join(parts.sessionDirectory, 'captures'),
    jobScript: thread('jobWorker'),
    startProcess: parts.startProcess,
    journalWorker: thread('journalWorker'),
    store,
    askOpen: ask.capture,
    changed,
    // A log-out ends job processes before this one has its signal.
    died: deathsReported(died, () => stopping !== null),
  });
  const replays = replaysService({
    worker: thread('replayWorker'),
    store,
    server,
    known,
    captures,
    live: server.liveJournal,
    now,
    changed,
    died,
  });
  const settings = settingsService({
    store,
    server,
    packages,
    changed,
    hide: (code) => log.hide([code]),
    photos: join(dataDirectory, 'photos'),
    onDamage,
  });
  const ownErrors = ownErrorsService({
    reader,
    own: () => store.settings.ownErrors,
    change: (errors) => settings.change({ ownErrors: errors }),
    askPlace: ask.place,
    askFile: ask.json,
  });
  const ownProducts = ownProductsService({
    reader,
    own: () => store.settings.ownProducts,
    change: (products) => settings.change({ ownProducts: products }),
    now,
    askPlace: ask.place,
    askFile: ask.json,
  });
  const sequences = sequencesService({
    reader,
    directory: dataDirectory,
    now,
    changed,
    onDamage,
    askPlace: ask.place,
    askFile: ask.json,
  });
  const registry = registryService({
    reader,
    store,
    machines: () => known.rows('machines'),
    askPlace: ask.place,
    askTable: ask.table,
    changeMachines: settings.changeMachines,
  });
  const tables = tablesService({ reader, askTable: ask.table });
  const frames = framesService({ store, server, captures, feed, known, problem });
  const fileExports = exportsService({
    captures,
    live: server.liveJournal,
    store,
    dissector: parts.dissector,
    askPlace: ask.place,
    askSave: ask.export,
  });
  const downloadTests = downloadTestsService({
    server,
    packages,
    now,
    line: log.from('packages').line,
    changed,
  });
  const listeners = listenersService({
    store,
    server,
    packages,
    switches,
    changeSettings: settings.change,
    changed,
  });
  const logging = logService({ log, now, openFolder: parts.openFolder });
  const about = aboutService({ ...parts.about, dataDirectory, open: parts.openFolder });
  const { facts, openFirst, openWindow, copyText, copyImage, sheet } = parts;
  const appPath = join(parts.threads, '..', '..');
  const doctorInput = { appPath, folder: dataDirectory, listeners: listeners.live.listeners };
  const doctor = doctorService({ worker: thread('doctorWorker'), ...doctorInput });
  const since = now();
  const language = (): Language => {
    const wanted = store.settings.language;
    return facts.languageSwitch ?? (wanted === 'system' ? facts.systemLanguage : wanted);
  };
  const support = supportService({
    worker: thread('supportWorker'),
    directory: join(parts.sessionDirectory, 'support'),
    version: facts.appVersion,
    now,
    language: () => shortNames[language()],
    logs: log.folder,
    crashes: join(dataDirectory, 'crashes'),
    dumps: parts.dumps,
    journal: async () => {
      if (!server.report().isReadable) return null;
      // A dead server must not prevent a support file about it.
      await server.call('flush', undefined).catch(() => undefined);
      return journalFile;
    },
    journalFile,
    codes: () => [...store.codes().values()],
    computer: () => ownComputer(doctorInput),
    facts: () =>
      supportFacts({
        facts,
        appPath,
        store,
        listeners: listeners.live.listeners(),
        journal: server.report().status,
        since,
        now: now(),
      }),
    askPlace: ask.place,
    changed,
    died,
  });
  const audit = auditService({
    file: join(dataDirectory, 'audit.jsonl'),
    now,
    name: () => store.settings.person,
    before: () => ({
      settings: store.settings,
      running: known.rows('running'),
      held: feed.value('relay').held,
    }),
    askPlace: ask.place,
    changed,
    elsewhere: () => (rescued === null ? null : `${rescued}.audit.jsonl`),
    problem: log.from('audit').problem,
  });
  const anchoring = audit.anchoring({
    read: async () => (await server.journal()?.query('auditEnds', null)) ?? [],
    keep: async (end) => {
      if (server.report().isReadable) await server.call('keepAuditEnd', end);
    },
  });
  const windows = windowsService({
    facts,
    feed,
    server,
    openFirst,
    openWindow,
    copyText,
    copyImage,
    sheet,
    askPlace: ask.place,
  });

  /** Each service once, in starting order. */
  const services = [
    crashes,
    fileDamage,
    audit,
    captures,
    server,
    anchoring,
    fetched,
    packages,
    settings,
    sequences,
    frames,
    fileExports,
    doctor,
    support,
    windows,
    listeners,
    simulator,
    replays,
    about,
    downloadTests,
    logging,
    ownErrors,
    ownProducts,
    registry,
    tables,
  ] as const;
  const { live, requests } = together(services);
  const all = inOrder(services, problem);
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= all.stop());
  feed.open(live, (windowId) => {
    server.watch(windowId, null);
    server.follow(windowId, { token: 0, filter: null });
  });
  feed.watchWhole(shownErrors((code) => log.write('warn', 'main', `shown: ${code}`)));
  return {
    handlers: audit.noting(requests),
    language,
    onErrors: logging.onErrors,
    died,
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
        if (!(await all.start())) return;
        crashes.alive();
        if (switches.simulate > 0) await simulator.run(switches.simulate, 'mixed');
      } catch (error) {
        await Promise.race([stop(), new Promise((resolve) => setTimeout(resolve, stopTimeoutMs))]);
        throw error;
      }
    },
    stop,
  };
}
