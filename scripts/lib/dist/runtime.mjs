import { dirname } from 'node:path';
import { canDownload, ensureElectron, officialVersion, presentOfficial } from '../electron.mjs';
import { Stop } from '../progress.mjs';
import { ownSystem } from './wish.mjs';

/**
 * The packed runtime: the official one, from node_modules if it fits, otherwise fetched by electron-builder.
 * If it is not available, and only with `fallback`, the fallback; the result is then a test build.
 * @param {{ system: import('./config.mjs').System, arch: import('./config.mjs').Arch, fallback: boolean }} wish
 * @returns {Promise<{ kind: import('./product.mjs').Kind, electron: { version: string, folder?: string } }>}
 */
export async function runtimeFor({ system, arch, fallback }) {
  const isHere = system === ownSystem(process.platform) && arch === process.arch;
  const present = isHere ? presentOfficial() : undefined;
  if (present) {
    return { kind: 'release', electron: { version: present.version, folder: dirname(present.path) } };
  }
  if (await canDownload()) return { kind: 'release', electron: { version: officialVersion() } };
  if (!fallback || !isHere) {
    const hint = isHere ? ', or say --fallback for a test build' : '';
    throw new Stop(
      `The official Electron ${officialVersion()} for ${system} ${arch} can't be downloaded here. Set ELECTRON_MIRROR for a mirror${hint}.`,
    );
  }
  const runtime = await ensureElectron({ chosen: false });
  return {
    kind: runtime.kind === 'official' ? 'release' : 'test',
    electron: { version: runtime.version, folder: dirname(runtime.path) },
  };
}
