/** Composition root: reads the switches, builds the parts, connects them, and takes them down in order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { app } from 'electron';
import { tryFolder } from './app/dataFolder';
import { Openings } from './app/openings';
import { registerScheme } from './app/page';
import type { Language } from './app/plainPage';
import { failStart } from './app/startFailure';
import { helpFor, parseSwitches, type Switches } from './app/switches';
import { lockFolder, type FolderLock } from './files/folderLock';
import { start } from './start';

// Started as `electron <its own flags> <app's path> <switches>` or, packaged, as `crema <switches>`.
const appPath = process.argv.findIndex((arg, index) => index > 0 && resolve(arg) === app.getAppPath());
const parsed = parseSwitches(process.argv.slice(appPath + 1 || 1));

// A closed pipe (`npm start | head`) must not end the app.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const openings = new Openings();
const say = (sentence: string): void => void process.stderr.write(`crema: ${sentence}\n`);
// macOS has events for what other systems put into the command line; they may come before `ready`.
app.on('open-url', (event, url) => {
  event.preventDefault();
  openings.takeArgument(url, say);
});
app.on('open-file', (event, file) => {
  event.preventDefault();
  openings.takeArgument(file, say);
});

switch (parsed.kind) {
  case 'help':
    process.stdout.write(helpFor('app', app.isPackaged ? basename(process.execPath) : undefined), () =>
      app.exit(0),
    );
    break;
  case 'wrong':
    process.stderr.write(`crema: ${parsed.sentence}\n`, () => app.exit(2));
    break;
  case 'run':
    try {
      run(parsed.switches);
    } catch (error) {
      failStart(error, 'en');
    }
}

function run(switches: Switches): void {
  for (const sentence of switches.notOpened) say(sentence);
  openings.take(switches.open);
  if (switches.dataDir !== null) app.setPath('userData', switches.dataDir);
  const folder = app.getPath('userData');
  const state = tryFolder(folder);
  if (state.kind === 'readOnly') {
    process.stderr.write(
      `crema: nothing can be written in the data folder ${folder} (${state.detail}); machines are served, and what is recorded waits until it can.\n`,
    );
    // The lock is a file in the data folder too: there is none, and nothing two of them could both write.
    sessionElsewhere();
  } else if (!app.requestSingleInstanceLock({ open: switches.open })) {
    const [code, sentence] =
      state.kind === 'writable'
        ? [0, `Crema is already open with the data folder ${folder}; its window comes to the front.`]
        : [1, `the data folder ${folder} can't be used (${state.detail}).`];
    process.stderr.write(`crema: ${sentence}\n`, () => app.exit(code));
    return;
  }
  if (state.kind === 'writable') {
    const lock = locked(folder);
    if (lock === null) {
      process.stderr.write(
        `crema: a Crema without a window (npm run serve) uses the data folder ${folder}; end it first.\n`,
        () => app.exit(1),
      );
      return;
    }
    app.on('quit', () => lock.release());
  }
  registerScheme();
  const outDirectory = join(app.getAppPath(), 'out');
  // An unexpected error must not end the app: it is logged, and the app goes on.
  process.on('uncaughtException', (error) =>
    process.stderr.write(`crema: ${error.stack ?? error.message}\n`),
  );
  let language: Language = switches.lang ?? 'en';
  // Not awaited at the top level: `ready` would never fire.
  app
    .whenReady()
    .then(() => {
      const isChinese = app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') === true;
      const systemLanguage = isChinese ? 'zh-CN' : 'en';
      language = switches.lang ?? systemLanguage;
      return start(switches, { outDirectory, systemLanguage, openings });
    })
    .catch((error: unknown) => failStart(error, language));
}

/** Where there can't be a lock machines are served all the same. */
function locked(folder: string): FolderLock | null {
  try {
    return lockFolder(folder);
  } catch (error) {
    process.stderr.write(`crema: the data folder ${folder} can't be locked (${String(error)}).\n`);
    return { release: () => undefined };
  }
}

/**
 * What Chromium writes while it runs goes to a folder of its own, which is emptied at the end. Its network process may still
 * write a few kilobytes after that: they are left to whoever clears the folder for temporary files.
 */
function sessionElsewhere(): void {
  const session = mkdtempSync(join(tmpdir(), 'crema-session-'));
  app.setPath('sessionData', session);
  app.on('quit', () => {
    try {
      rmSync(session, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // On Windows what is still open stays.
    }
  });
}
