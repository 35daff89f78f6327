/** The running app: the services, the window, and the order in which they start and stop. */
import { join } from 'node:path';
import { app, clipboard } from 'electron';
import { askQuit } from './app/askQuit';
import { askCapture, askExport, askPlace, askZip } from './app/dialogs';
import { keyStore } from './app/keyStore';
import { setMenu } from './app/menu';
import { origin, servePage } from './app/page';
import { denyPermissions, lockDown } from './app/security';
import type { Switches } from './app/switches';
import { Windows } from './app/windows';
import { Feed } from './ipc/feed';
import { registerHandlers } from './ipc/guard';
import { createServices } from './services';
import { SettingsStore } from './settings/store';

export async function start(switches: Switches, outDirectory: string): Promise<void> {
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  const problem = (detail: string): void => void process.stderr.write(`crema: ${detail}\n`);
  // An unexpected error must not end the app: it is logged, and the app goes on.
  process.on('uncaughtException', (error) => problem(error.stack ?? error.message));
  const store = new SettingsStore(app.getPath('userData'), keyStore);
  for (const text of store.problems) line(`settings: ${text}`);
  if (store.damagedCopy !== null) line(`settings: the file was damaged; it is kept as ${store.damagedCopy}`);
  const systemLanguage =
    app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';
  const feed = new Feed();
  const services = createServices({
    switches,
    store,
    feed,
    facts: {
      appVersion: app.getVersion(),
      platformName: process.platform,
      systemLanguage,
      languageSwitch: switches.lang,
    },
    threads: join(outDirectory, 'main'),
    dataDirectory: app.getPath('userData'),
    sessionDirectory: app.getPath('sessionData'),
    dissector: join(app.getAppPath(), 'resources', 'crema.lua'),
    line,
    problem,
    ask: { zip: askZip, capture: askCapture, place: askPlace, export: askExport },
    openFirst: () => windows.openFirst(),
    openWindow: () => windows.open(),
    copyText: (text) => void clipboard.writeText(text),
  });

  // In development the page comes from Vite's server, which is told by this variable and reloads it by itself.
  const ownPage = new URL(process.env['ELECTRON_RENDERER_URL'] ?? `${origin}/`).href;
  const isOwnPage = (url: string): boolean => url === ownPage || url.startsWith(`${ownPage}#`);
  lockDown(isOwnPage);
  denyPermissions();
  setMenu();
  servePage(join(outDirectory, 'renderer'));
  registerHandlers(services.handlers, {
    isOwnPage,
    isOwnWindow: (id) => feed.has(id),
    onBug: (verb, error) => {
      problem(`${verb} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
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
  app.on('window-all-closed', () => void afterLastWindow());
  const afterLastWindow = async (): Promise<void> => {
    const refused = await services.server.refused();
    const { language } = store.settings;
    const spoken = switches.lang ?? (language === 'system' ? systemLanguage : language);
    if (refused > 0 && (await askQuit(spoken, refused)) === 'stay') windows.openFirst();
    else app.quit();
  };
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    feed.stop();
    void services.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  await services.start();
}
