import { openVirtualDisplay } from './display.mjs';
import { openDisplay, prepare } from './setup.mjs';

/**
 * Before the end-to-end tests, however vitest was started: runtime, build and a display. The tests find them in the
 * environment: `CREMA_ELECTRON` (the executable), `DISPLAY`, `XAUTHORITY`. Two tests run at once: on virtual displays each has its own
 * (`CREMA_SECOND_DISPLAY`), as a window that opens over another one takes the pointer and the clipboard from it.
 */
export default async function setup() {
  const electron = await prepare();
  const display = await openDisplay();
  Object.assign(process.env, { CREMA_ELECTRON: electron.path, ...display.env });
  if (process.env['CREMA_VIRTUAL'] !== 'yes') return () => display.close();
  const second = await openVirtualDisplay();
  process.env['CREMA_SECOND_DISPLAY'] = JSON.stringify(second.env);
  return async () => {
    await second.close();
    await display.close();
  };
}
