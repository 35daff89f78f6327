import { openVirtualDisplay } from './display.mjs';
import { openDisplay, prepare } from './setup.mjs';

/**
 * Before the end-to-end tests, however vitest was started: runtime, build and displays. The tests find them in the environment:
 * `CREMA_ELECTRON` (the executable), `DISPLAY`, `XAUTHORITY`. Several tests run at once: of virtual displays each worker has its own
 * (`CREMA_DISPLAYS`), as a window that opens over another one takes the pointer and the clipboard from it.
 * @param {{ config: { maxWorkers: number } }} [project] of vitest; without one there is one worker
 */
export default async function setup({ config } = { config: { maxWorkers: 1 } }) {
  const electron = await prepare();
  const display = await openDisplay();
  Object.assign(process.env, { CREMA_ELECTRON: electron.path, ...display.env });
  if (process.env['CREMA_VIRTUAL'] !== 'yes') return () => display.close();
  const { DISPLAY, XAUTHORITY } = process.env;
  const more = await Promise.all(Array.from({ length: config.maxWorkers - 1 }, openVirtualDisplay));
  process.env['CREMA_DISPLAYS'] = JSON.stringify([{ DISPLAY, XAUTHORITY }, ...more.map(({ env }) => env)]);
  return async () => {
    for (const one of [...more, display]) await one.close();
  };
}
