import { openDisplay, prepare } from './setup.mjs';

/**
 * Before the end-to-end tests, however vitest was started: runtime, build and a display. The tests find them in the
 * environment: `CREMA_ELECTRON` (the executable), `DISPLAY`, `XAUTHORITY`.
 */
export default async function setup() {
  const electron = await prepare();
  const display = await openDisplay();
  Object.assign(process.env, { CREMA_ELECTRON: electron.path, ...display.env });
  return () => display.close();
}
