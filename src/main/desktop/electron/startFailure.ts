/** Reports a failed start in a window, and always on stderr. */
import { app, BrowserWindow, Menu } from 'electron';
import { complain } from '../../lib/log/terminal';
import { FolderRefused } from './claimFolder';
import { failurePage } from './failurePage';
import { lockedWindow } from './lockedWindow';
import type { Language } from './plainPage';

/** Exits with code 1 when the user has closed the window. */
export function failStart(
  error: unknown,
  language: Language,
  note: (detail: string) => void = () => undefined,
): void {
  const refused = error instanceof FolderRefused ? error : null;
  const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const detail = refused?.message ?? thrown;
  note(`start.failed: ${detail}`);
  const sentence = `Crema could not start: ${detail}`;
  if (!app.isReady()) {
    complain(sentence, () => app.exit(1));
    return;
  }
  // A refused folder has already been reported.
  if (refused === null) complain(sentence);
  // Removes the app's handlers for the last closed window.
  app.removeAllListeners('window-all-closed');
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
  // Electron's default menu has developer tools and external links.
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(isMac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
  const window = lockedWindow({ width: 760, height: 520 });
  app.on('second-instance', () => window.focus());
  window.on('closed', () => app.exit(1));
  void show(window, failurePage({ language, refused, detail }));
}

async function show(window: BrowserWindow, page: string): Promise<void> {
  try {
    await window.loadURL(page);
  } catch {
    app.exit(1);
  }
}
