/** Only a foreign data folder has a link in place of one of Crema's files. Writing would follow it and change a file elsewhere. */
import { lstatSync, rmSync } from 'node:fs';

export const isLink = (file: string): boolean =>
  lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Call before a file of the data folder is written. The file to which the link leads stays. */
export function removeLink(file: string): void {
  if (isLink(file)) rmSync(file);
}
