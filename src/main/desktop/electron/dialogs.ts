/** The operating system's file dialogs, shown in front of the requesting window. */
import { BrowserWindow, dialog, webContents, type FileFilter } from 'electron';
import { captureEndings } from '#shared/model/capture';
import { fileMinute } from '../../lib/files/fileStamp';

function windowOf(windowId: number): BrowserWindow | null {
  const contents = webContents.fromId(windowId);
  return contents === undefined ? null : BrowserWindow.fromWebContents(contents);
}

/** Whether the window was closed during the dialog. */
const isGone = (window: BrowserWindow | null): boolean => window?.isDestroyed() === true;

/** `null`: cancelled. */
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

const askZip = (windowId: number): Promise<string | null> =>
  askFile(windowId, [{ name: 'ZIP, update.xml', extensions: ['zip', 'xml'] }]);

const askJson = (windowId: number): Promise<string | null> =>
  askFile(windowId, [{ name: 'JSON', extensions: ['json'] }]);

const askCapture = (windowId: number): Promise<string | null> =>
  askFile(windowId, [{ name: 'pcap, pcapng, JSONL', extensions: [...captureEndings, 'gz', 'json'] }]);

const askTable = (windowId: number): Promise<string | null> =>
  askFile(windowId, [{ name: 'CSV', extensions: ['csv', 'txt', 'tsv'] }]);

/** Asks for a place to save a file; `null`: cancelled. */
async function askPlace(windowId: number, name: string): Promise<string | null> {
  const window = windowOf(windowId);
  const extension = name.split('.').at(-1) ?? '';
  const options = { defaultPath: name, filters: [{ name: extension, extensions: [extension] }] };
  const { canceled, filePath } =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  return canceled || isGone(window) || filePath === '' ? null : filePath;
}

/** Asks for a place to save frames as a file of this kind. */
function askExport(windowId: number, extension: string): Promise<string | null> {
  return askPlace(windowId, `crema ${fileMinute(Date.now())}.${extension}`);
}

export const fileDialogs = {
  zip: askZip,
  json: askJson,
  capture: askCapture,
  table: askTable,
  /** Any file. */
  any: (windowId: number): Promise<string | null> => askFile(windowId, []),
  place: askPlace,
  export: askExport,
};
