/** Creates every window of Crema, with the same restrictions. Limits for pages: security.ts. */
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';

type Options = Omit<BrowserWindowConstructorOptions, 'webPreferences'>;

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
