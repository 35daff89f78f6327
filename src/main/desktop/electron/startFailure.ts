/** Crema could not start: that is said in a window, and on stderr in any case. */
import { app, BrowserWindow, Menu } from 'electron';
import { complain } from '../../lib/log/terminal';
import { FolderRefused } from './claimFolder';
import { failurePage } from './failurePage';
import { lockedWindow } from './lockedWindow';
import type { Language } from './plainPage';

/** Ends with exit code 1, once the person has closed the window. */
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
  // Whoever refused the folder has said so.
  if (refused === null) complain(sentence);
  // Whatever the app would do when its last window is closed.
  app.removeAllListeners('window-all-closed');
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
  // The runtime's own menu has developer tools and leads out.
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
