/** Creates every window of Crema, with the same restrictions. Limits for pages: security.ts. */
import { app, BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';

type Options = Omit<BrowserWindowConstructorOptions, 'webPreferences'>;

/**
 * Call before `ready`. Makes V8 collect a window's heap when it has grown by a fifth since the last collection.
 *
 * Electron's context bridge holds the reply to each request for several collections. By V8's default a heap may grow up to four times,
 * so each collection finds a larger one. 500,000 requests took 835 MB with 13 MB in use; with 50 % 565 MB, with 20 % 246 MB.
 * A given value stays: windows of a test live for seconds, and collecting that often takes an eighth of their processor time.
 */
export function boundHeap(): void {
  const given = app.commandLine.getSwitchValue('js-flags');
  if (given.includes('--heap-growing-percent=')) return;
  app.commandLine.appendSwitch('js-flags', `${given} --heap-growing-percent=20`.trim());
}

/** `preload`: omitted if the page makes no requests. */
export function lockedWindow(options: Options, preload?: string): BrowserWindow {
  return new BrowserWindow({
    title: 'Crema',
    autoHideMenuBar: true,
    ...options,
    webPreferences: {
      ...(preload !== undefined && { preload }),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      // Caches compiled code from the second launch on, not from the third.
      v8CacheOptions: 'bypassHeatCheck',
      // Counters and times must continue while another window is in front.
      backgroundThrottling: false,
    },
  });
}
