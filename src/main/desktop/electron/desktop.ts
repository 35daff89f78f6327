/** Desktop functions for the services, including those of a window. */
import { clipboard, shell } from 'electron';
import { copyImage } from './copyImage';
import { notify, type Notice } from './notify';
import { sheetOf } from './sheet';

export const desktop = (problem: (detail: string) => void) => ({
  openFolder: (path: string): Promise<string> => shell.openPath(path),
  sheet: sheetOf,
  copyText: (text: string): void => void clipboard.writeText(text),
  copyImage,
  notify: (notice: Notice): boolean => notify(notice, problem),
});
