// electron-vite runs this in place of Electron (dev.mjs). It waits until the previous app has ended, so that its ports are free.
// Then it runs Electron with the switches in the same order as `npm start`.
import { writeFile } from 'node:fs/promises';
import { pidFile, untilGone } from './dev-pid.mjs';
import { runAttached } from './launch.mjs';
import { runMain } from './progress.mjs';

await runMain(async () => {
  await untilGone();
  await writeFile(pidFile, String(process.pid));
  /** @type {string[]} */
  const [electron = '', ...args] = JSON.parse(process.env['CREMA_DEV'] ?? '[]');
  const { CREMA_DEV: _, ELECTRON_ENTRY: _entry, ...env } = process.env;
  return runAttached(electron, [...args, ...process.argv.slice(2)], env);
});
