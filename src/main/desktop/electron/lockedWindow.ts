/** Every window of Crema is made here, so that none has fewer locks than another. What no page may do: security.ts. */
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';

type Options = Omit<BrowserWindowConstructorOptions, 'webPreferences'>;

/** `preload`: left out where the page has nothing to ask. */
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
      // From the second start on, not from the third.
      v8CacheOptions: 'bypassHeatCheck',
      // Counters and times go on while another window is in front.
      backgroundThrottling: false,
    },
  });
}
