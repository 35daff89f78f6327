/** What the services ask of the desktop, and of a window as a thing on it. */
import { clipboard, shell } from 'electron';
import { copyImage } from './copyImage';
import { notify, type Told } from './notify';
import { sheetOf } from './sheet';

export const desktop = (problem: (detail: string) => void) => ({
  openFolder: (path: string): Promise<string> => shell.openPath(path),
  sheet: sheetOf,
  copyText: (text: string): void => void clipboard.writeText(text),
  copyImage,
  notify: (notice: Told): boolean => notify(notice, problem),
});
