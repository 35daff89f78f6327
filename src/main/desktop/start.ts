/** The running app: the services, the window, and the order in which they start and stop. */
import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import { readBuildInfo } from '../lib/launch/buildInfo';
import { watchProcesses } from './electron/crashReports';
import { deathsReported } from './electron/deaths';
import { desktop } from './electron/desktop';
import { fileDialogs } from './electron/dialogs';
import { keyStore, openWithElectron } from './electron/settingsFile';
import { setMenu } from './electron/menu/menu';
import { isOwnPage, ownPage, servePage } from './electron/page';
import { readOpenings, type Openings } from './electron/openings';
import { systemLanguage, watchPriorities, watchSleep } from './electron/system';
import { Quitting } from './electron/quitting';
import { startUtility } from './electron/utility';
import type { Switches } from '../lib/launch/switches';
import { Windows } from './electron/windows';
import { Feed } from './ipc/feed';
import { registerHandlers } from './ipc/guard';
import type { AppLog } from './log/appLog';
import { createServices } from './services';
import { chromiumLicencesOf } from './services/about';
import { rescueFile } from './services/rescue';
import { SettingsStore } from '../lib/settings/store';

export interface StartParts {
  /** Links and files to be shown. */
  readonly openings: Openings;
  readonly log: AppLog;
  /** The crash reporter's folder. */
  readonly dumps: string | null;
}

/** @throws the reason why the app can't start; everything that had started has ended then */
export async function start(switches: Switches, { openings, log, dumps }: StartParts): Promise<void> {
  const outDirectory = join(app.getAppPath(), 'out');
  const { line, problem } = log.from('main');
  const store = new SettingsStore(app.getPath('userData'), keyStore, openWithElectron);
  for (const text of store.problems) line(`settings: ${text}`);
  const build = readBuildInfo(app.getAppPath());
  const feed = new Feed();
  const services = createServices({
    switches,
    store,
    feed,
    facts: {
      appVersion: app.getVersion(),
      build: build?.kind ?? 'development',
      platformName: process.platform,
      systemLanguage: systemLanguage(),
      languageSwitch: switches.lang,
    },
    threads: join(outDirectory, 'main'),
    startProcess: startUtility,
    dataDirectory: app.getPath('userData'),
    sessionDirectory: app.getPath('sessionData'),
    about: {
      build,
      licences: join(outDirectory, 'licences.json'),
      chromiumLicences: chromiumLicencesOf(process.execPath, process.resourcesPath),
    },
    dissector: join(app.getAppPath(), 'resources', 'crema.lua'),
    log,
    dumps,
    screens: () => windows.screens(),
    ask: { ...fileDialogs, rescue: (refused, failed) => quitting.place(refused, failed) },
    ...desktop(log.from('notices').quiet),
    onServerThread: watchPriorities(),
    openFirst: () => windows.openFirst(),
    openWindow: () => windows.open(),
    openPlace: (place) => windows.show(place),
  });

  const refreshMenu = setMenu(
    () => ({ language: services.language(), theme: store.settings.theme }),
    (action) => windows.act(action),
  );
  feed.watch((part) => part === 'settings' && refreshMenu());
  servePage(join(outDirectory, 'renderer'), join(app.getPath('userData'), 'photos'));
  registerHandlers(ipcMain, services.handlers, {
    isOwnPage,
    isOwnWindow: (id) => feed.has(id),
    ...services.onErrors,
  });
  const died = deathsReported(services.died, () => quitting.hasBegun);
  const windows = new Windows({
    url: ownPage(),
    isOwnPage,
    language: services.language,
    problem,
    onGone: (reason, again) => died('window', reason, again),
    isQuitting: () => quitting.hasBegun,
    outDirectory,
    place: () => store.window,
    savePlace: (place) => void (store.window = place),
    onOpened: (contents) => feed.add(contents),
  });
  watchProcesses(died);
  app.on('second-instance', (_event, _args, _folder, data) => {
    windows.toFront();
    openings.take(readOpenings(data));
  });
  app.on('activate', () => windows.openFirst());
  const quitting = new Quitting({
    language: services.language,
    rescueFile: () => (switches.rescue === null ? null : rescueFile(switches.rescue, Date.now())),
    proposedFile: () => rescueFile(app.getPath('documents'), Date.now()),
    refused: services.server.refused,
    isLost: services.server.isLost,
    openFirst: () => windows.openFirst(),
    stop: async () => {
      feed.stop();
      await services.stop();
    },
  });
  await services.start();
  watchSleep((ms) => services.server.notify('slept', { ms }));
  openings.start((opening) =>
    windows.show(opening.to === 'capture' ? services.openCapture(opening.file) : opening),
  );
}
