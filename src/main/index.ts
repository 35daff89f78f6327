/** Composition root: reads the switches, builds the parts, connects them, and takes them down in order. */
import { basename } from 'node:path';
import { app } from 'electron';
import { readBuildInfo } from './lib/launch/buildInfo';
import { claimFolder } from './desktop/electron/claimFolder';
import { usualFolder } from './lib/launch/dataFolder';
import { isFromSources, ownArguments, restrictRuntime } from './desktop/electron/development';
import { Openings } from './desktop/electron/openings';
import { registerScheme } from './desktop/electron/page';
import type { Language } from './desktop/electron/plainPage';
import { boundHeap } from './desktop/electron/lockedWindow';
import { closeNetwork, lockDown } from './desktop/electron/security';
import { failStart } from './desktop/electron/startFailure';
import { systemLanguage } from './desktop/electron/system';
import { helpFor, parseSwitches, type Switches } from './lib/launch/switches';
import { logUnexpected, openLog } from './desktop/log/appLog';
import { complain, ignoreClosedPipes, printOwn } from './lib/log/terminal';
import { start } from './desktop/start';

const { ignored, refused } = restrictRuntime(readBuildInfo(app.getAppPath()));
const parsed = parseSwitches(ownArguments());

ignoreClosedPipes();
for (const name of ignored) complain(`--${name} is ignored: no other program may drive this one.`);
const openings = new Openings();
openings.takeEvents(app, complain);
/** Whether Crema starts; otherwise it exits with a message. */
let isStarting = false;
switch (parsed.kind) {
  case 'help':
    printOwn(helpFor('app', isFromSources() ? undefined : basename(process.execPath)), () => app.exit(0));
    break;
  case 'wrong':
    complain(parsed.sentence, () => app.exit(2));
    break;
  case 'doctor': {
    // Loaded only here: the app does not need it.
    const { runDoctor } = await import('./tools/doctor/terminal');
    app.exit(await runDoctor(parsed, usualFolder(app.getName()), app.getAppPath()));
    break;
  }
  case 'run':
    try {
      isStarting = run(parsed.switches);
    } catch (error) {
      failStart(error, 'en');
    }
}
// Prevents `ready`. Chromium would then write into its folders, and crash (SIGSEGV) without a display.
if (!isStarting) await new Promise<never>(() => undefined);

function run(switches: Switches): boolean {
  if (refused !== null) {
    complain(refused, () => app.exit(2));
    return false;
  }
  for (const sentence of switches.notOpened) complain(sentence);
  openings.take(switches.open);
  const own = claimFolder(switches);
  if (own === null) return false;
  const log = openLog(own.folder);
  registerScheme();
  closeNetwork();
  boundHeap();
  logUnexpected(log);
  let language: Language = switches.lang ?? 'en';
  // Not awaited at the top level: `ready` would never fire.
  app
    .whenReady()
    .then(() => {
      language = switches.lang ?? systemLanguage();
      lockDown();
      if (own.refused !== null) throw own.refused;
      return start(switches, { openings, log, dumps: own.dumps });
    })
    .catch((error: unknown) => failStart(error, language, log.from('main').quiet));
  return true;
}
