import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from './paths.mjs';

const git = async (/** @type {readonly string[]} */ args, /** @type {string} */ folder) =>
  (await promisify(execFile)('git', [...args], { cwd: folder })).stdout.trim();

/**
 * The last commit that others have too: where the branch left its upstream. Without an upstream, or with nothing to push, the
 * commit before the last; in a folder without history, HEAD.
 * @param {string} [folder]
 * @returns {Promise<string>} a revision for git
 */
export async function sharedRevision(folder = root) {
  try {
    const base = await git(['merge-base', 'HEAD', '@{upstream}'], folder);
    if (base !== (await git(['rev-parse', 'HEAD'], folder))) return base;
  } catch {
    // The branch has no upstream.
  }
  try {
    return await git(['rev-parse', '--verify', 'HEAD~1'], folder);
  } catch {
    return 'HEAD';
  }
}
