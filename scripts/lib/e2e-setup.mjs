import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVirtualDisplay } from './display.mjs';
import { openDisplay, prepare } from './setup.mjs';

/**
 * Runs before the end-to-end tests, however vitest was started: runtime, build and displays.
 * The tests find these in the environment:
 * `CREMA_ELECTRON` (the executable), `CREMA_COMPILED` (see test/builders/app.ts), `DISPLAY`, `XAUTHORITY`.
 * Each worker has its own virtual display (`CREMA_DISPLAYS`):
 * a window that opens over another one takes the pointer and the clipboard from it.
 * @param {{ config: { maxWorkers: number } }} [project] of vitest; without one there is one worker
 */
export default async function setup({ config } = { config: { maxWorkers: 1 } }) {
  const electron = await prepare();
  const display = await openDisplay();
  const folder = await mkdtemp(join(tmpdir(), 'crema-tests-'));
  Object.assign(process.env, {
    CREMA_ELECTRON: electron.path,
    CREMA_COMPILED: join(folder, 'compiled'),
    ...display.env,
  });
  const close = async () => {
    await display.close();
    await rm(folder, { recursive: true, force: true });
  };
  if (process.env['CREMA_VIRTUAL'] !== 'yes') return close;
  const { DISPLAY, XAUTHORITY } = process.env;
  const more = await Promise.all(Array.from({ length: config.maxWorkers - 1 }, openVirtualDisplay));
  process.env['CREMA_DISPLAYS'] = JSON.stringify([{ DISPLAY, XAUTHORITY }, ...more.map(({ env }) => env)]);
  return async () => {
    for (const one of more) await one.close();
    await close();
  };
}
