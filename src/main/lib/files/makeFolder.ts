import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and its parents. Returns the first folder made; `undefined`: the folder existed. Node's
 * `recursive` never returns on file systems that refuse a new folder with ENOENT, such as `/proc`.
 * @throws Error if it cannot be made
 */
export function makeFolder(path: string): string | undefined {
  try {
    mkdirSync(path);
    return path;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // Systems report different errors for an existing folder.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return undefined;
    const parent = dirname(path);
    if (code !== 'ENOENT' || existsSync(parent)) throw error;
    const first = makeFolder(parent);
    return makeFolder(path) === undefined ? first : (first ?? path);
  }
}
