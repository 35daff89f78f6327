/** Reads a text file of the data folder. A restored or foreign folder can hold a pipe or a link to a kernel file there. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Windows lacks the flag. */
const withoutWaiting = (constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0;

/** Never waits. @throws Error if the file is missing, unreadable or not a regular file */
export function readRegular(file: string): string {
  const handle = openSync(file, constants.O_RDONLY | withoutWaiting);
  try {
    // A device may have no end.
    if (!fstatSync(handle).isFile()) throw new Error('it is not a regular file');
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}
