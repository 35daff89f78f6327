/**
 * Prints a window's content (its print styles) as PDF. A file is preferred to the system's print dialog.
 * It is the same on every system, can be previewed and forwarded, and needs no printer at the laptop.
 */
import { webContents } from 'electron';

/** `null`: the window is gone. */
export async function sheetOf(windowId: number): Promise<Uint8Array | null> {
  const contents = webContents.fromId(windowId);
  return contents === undefined ? null : contents.printToPDF({ pageSize: 'A4', printBackground: true });
}
