import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Stop } from '../progress.mjs';

/** @param {string} folder @returns {Promise<string[]>} names of all that is in it */
export async function namesIn(folder) {
  try {
    return (await readdir(folder)).toSorted();
  } catch {
    throw new Stop(`${folder} is not a folder that can be read.`);
  }
}

/** @param {string} path @returns {Promise<'file' | 'missing' | 'notAFile'>} a link is not a file: it may lead out of the folder */
async function kindOf(path) {
  try {
    return (await lstat(path)).isFile() ? 'file' : 'notAFile';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    throw error;
  }
}

/** @param {string} folder @param {string} name @returns {Promise<import('../../../src/main/lib/release/check.ts').FoundFile>} */
export async function foundIn(folder, name) {
  const path = join(folder, name);
  const kind = await kindOf(path);
  if (kind !== 'file') return kind;
  const hash = createHash('sha256');
  let size = 0;
  for await (const bytes of createReadStream(path)) {
    hash.update(bytes);
    size += bytes.length;
  }
  return { size, sha256: hash.digest('hex') };
}

/**
 * A small file of the release. `null`: missing, or no regular file of at most this length.
 * @param {string} folder @param {string} name @param {number} most
 */
export async function smallFile(folder, name, most) {
  const path = join(folder, name);
  if ((await kindOf(path)) !== 'file' || (await lstat(path)).size > most) return null;
  return readFile(path);
}
