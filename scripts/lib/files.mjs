import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Every file at or below a path, sorted, as paths relative to `base`; none where there is nothing.
 * @param {string} base
 * @param {string} path relative to `base`
 * @returns {Promise<string[]>}
 */
export async function filesBelow(base, path) {
  /** @type {import('node:fs').Dirent[]} */
  let entries;
  try {
    entries = await readdir(join(base, path), { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOTDIR') return [path];
      if (error.code === 'ENOENT') return [];
    }
    throw error;
  }
  const below = entries.map(async (entry) => {
    const inside = join(path, entry.name);
    return entry.isDirectory() ? await filesBelow(base, inside) : [inside];
  });
  return (await Promise.all(below)).flat().toSorted();
}
