import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it; gives the first that was made, `undefined`: it was there. Node's `recursive` never returns where a file
 * system refuses a new folder with ENOENT, as `/proc` does.
 * @throws Error where it can't be made
 */
export function makeFolder(path: string): string | undefined {
  try {
    mkdirSync(path);
    return path;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // Systems differ in what they say of one that is there.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return undefined;
    const parent = dirname(path);
    if (code !== 'ENOENT' || existsSync(parent)) throw error;
    const first = makeFolder(parent);
    return makeFolder(path) === undefined ? first : (first ?? path);
  }
}
