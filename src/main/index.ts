/** Composition root: reads the switches, builds the parts, connects them, and takes them down in order. */
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { help, parseSwitches } from './app/switches';
import { registerScheme } from './app/page';
import { start } from './start';

// Started as `electron <its own flags> <app's path> <switches>` or, packaged, as `crema <switches>`.
const appPath = process.argv.findIndex((arg, index) => index > 0 && resolve(arg) === app.getAppPath());
const parsed = parseSwitches(process.argv.slice(appPath + 1 || 1));

// A closed pipe (`npm start | head`) must not end the app.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

switch (parsed.kind) {
  case 'help':
    process.stdout.write(help, () => app.exit(0));
    break;
  case 'wrong':
    process.stderr.write(`crema: ${parsed.sentence}\n`, () => app.exit(2));
    break;
  case 'run': {
    const { switches } = parsed;
    if (switches.dataDir !== null) app.setPath('userData', switches.dataDir);
    if (!app.requestSingleInstanceLock()) {
      const folder = app.getPath('userData');
      process.stderr.write(
        `crema: Crema is already open with the data folder ${folder}; its window comes to the front.\n`,
        () => app.exit(0),
      );
      break;
    }
    registerScheme();
    const outDirectory = join(app.getAppPath(), 'out');
    // Not awaited at the top level: `ready` would never fire.
    app.whenReady().then(
      () => start(switches, outDirectory),
      (error: unknown) => {
        process.stderr.write(`crema: ${String(error)}\n`, () => app.exit(1));
      },
    );
  }
}
