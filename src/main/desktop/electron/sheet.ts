/**
 * What a window shows for paper (its print styles), as PDF. Not by the system's own dialog: a file is the same on every system, can be
 * looked at before and sent on, and needs no printer where the laptop is.
 */
import { webContents } from 'electron';

/** `null`: the window is gone. */
export async function sheetOf(windowId: number): Promise<Uint8Array | null> {
  const contents = webContents.fromId(windowId);
  return contents === undefined ? null : contents.printToPDF({ pageSize: 'A4', printBackground: true });
}
