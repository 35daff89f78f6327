// npm start: sets up what is missing, builds, and runs the app with the switches given after `npm start --`.
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { runAttached, runtimeSwitches } from './lib/launch.mjs';
import { runMain, print } from './lib/progress.mjs';
import { openDisplay, prepare } from './lib/setup.mjs';

/** Chromium ends itself by SIGTRAP when a required resource is missing. */
const abortedBySandbox = 128 + constants.signals.SIGTRAP;

/** @param {string} electron path of the executable */
const sandboxHelp = (electron) => {
  const helper = join(dirname(electron), 'chrome-sandbox');
  return `If it complains of the sandbox above: this system keeps programs from making one. This lets this program:
  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`;
};

await runMain(async () => {
  const electron = await prepare();
  const display = await openDisplay();
  try {
    const args = [...runtimeSwitches(display), '.', ...process.argv.slice(2)];
    const code = await runAttached(electron.path, args, { ...process.env, ...display.env });
    if (code === abortedBySandbox && process.getuid?.() !== 0) print(sandboxHelp(electron.path));
    return code;
  } finally {
    await display.close();
  }
});
