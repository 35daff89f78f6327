/** Reads files without waiting. A restored or foreign folder can hold a pipe or a link to a kernel file in place of any file. */
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** Windows lacks the flag. */
const withoutWaiting = (constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0;

/** Never waits. @throws Error if the file is missing, unreadable or not a regular file */
export const readRegular = (file: string): string => opened(file, (handle) => readFileSync(handle, 'utf8'));

/** The same, of a file from outside. `null`: it has more than `most` bytes. Bytes added meanwhile are not read. */
export const readShort = (file: string, most: number): Buffer | null =>
  opened(file, (handle, size) => {
    if (size > most) return null;
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, readSync(handle, bytes, 0, size, 0));
  });

function opened<T>(file: string, read: (handle: number, size: number) => T): T {
  const handle = openSync(file, constants.O_RDONLY | withoutWaiting);
  try {
    const facts = fstatSync(handle);
    // A device may have no end.
    if (!facts.isFile()) throw new Error('it is not a regular file');
    return read(handle, facts.size);
  } finally {
    closeSync(handle);
  }
}
