import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A path inside the project. @param {...string} parts */
export const at = (...parts) => join(root, ...parts);

/**
 * The cache folder, which survives `npm ci` and serves every clone of this person: `CREMA_CACHE`, else
 * `$XDG_CACHE_HOME/crema`, else `~/.cache/crema`.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env = process.env) {
  if (env['CREMA_CACHE']) return resolve(env['CREMA_CACHE']);
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'crema');
}
