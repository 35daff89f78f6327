/** Desktop functions for the services, including those of a window. */
import * as electron from 'electron';
import { notify, type Notice } from './notify';
import { isPng } from './png';
import { keyStore } from './settingsFile';

const { clipboard, nativeImage, shell, webContents } = electron;

export const desktop = (problem: (detail: string) => void) => ({
  keyStore,
  openFolder: (path: string): Promise<string> => shell.openPath(path),
  sheet: sheetOf,
  copyText: (text: string): void => void clipboard.writeText(text),
  copyImage,
  notify: (notice: Notice): boolean => notify(notice, problem),
});

/**
 * Prints a window's content (its print styles) as PDF; `null`: the window is gone. A file is the same on every
 * system, can be previewed and forwarded, and needs no printer at the laptop. The system's print dialog has none of this.
 */
async function sheetOf(windowId: number): Promise<Uint8Array | null> {
  const contents = webContents.fromId(windowId);
  return contents === undefined ? null : contents.printToPDF({ pageSize: 'A4', printBackground: true });
}

/** Electron's clipboard before it supported items. */
interface OlderClipboard {
  readonly writeImage?: (image: electron.NativeImage) => void;
}

/** Copies a picture from the window to the clipboard, which pages may not write. Returns whether the bytes were a picture. */
async function copyImage(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (!isPng(bytes)) return false;
  const older = clipboard as OlderClipboard;
  if (older.writeImage === undefined) {
    const picture = new Blob([bytes], { type: 'image/png' });
    await clipboard.write([new electron.ClipboardItem({ 'image/png': picture })]);
    return true;
  }
  const image = nativeImage.createFromBuffer(Buffer.from(bytes));
  if (image.isEmpty()) return false;
  older.writeImage(image);
  return true;
}
