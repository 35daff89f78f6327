/** Questions the operating system asks a person, in front of the window they are about. */
import { BrowserWindow, dialog, webContents, type FileFilter } from 'electron';

function windowOf(windowId: number): BrowserWindow | null {
  const contents = webContents.fromId(windowId);
  return contents === undefined ? null : BrowserWindow.fromWebContents(contents);
}

/** It was closed in the middle of the question: nobody waits for an answer. */
const isGone = (window: BrowserWindow | null): boolean => window?.isDestroyed() === true;

/** `null`: the person chose none. */
async function askFile(windowId: number, filters: FileFilter[]): Promise<string | null> {
  const window = windowOf(windowId);
  const options = {
    properties: ['openFile' as const],
    filters: [...filters, { name: '*', extensions: ['*'] }],
  };
  const { canceled, filePaths } =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return canceled || isGone(window) ? null : (filePaths[0] ?? null);
}

export const askZip = (windowId: number): Promise<string | null> =>
  askFile(windowId, [{ name: 'ZIP', extensions: ['zip'] }]);

export const askCapture = (windowId: number): Promise<string | null> =>
  askFile(windowId, [
    { name: 'pcap, pcapng, JSONL', extensions: ['pcapng', 'pcap', 'cap', 'gz', 'jsonl', 'json'] },
  ]);

/** Where to write a file; `null`: nowhere. */
export async function askPlace(windowId: number, name: string): Promise<string | null> {
  const window = windowOf(windowId);
  const extension = name.split('.').at(-1) ?? '';
  const options = { defaultPath: name, filters: [{ name: extension, extensions: [extension] }] };
  const { canceled, filePath } =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  return canceled || isGone(window) || filePath === '' ? null : filePath;
}

/** Where to write frames as a file of this kind. */
export function askExport(windowId: number, extension: string): Promise<string | null> {
  const stamp = new Date().toISOString().slice(0, 16).replace('T', ' ').replace(':', '-');
  return askPlace(windowId, `crema ${stamp}.${extension}`);
}
