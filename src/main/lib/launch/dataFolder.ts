import { rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../files/makeFolder';
import { removeLink } from '../files/removeLink';
import { makeFolderPrivate } from '../files/privateFolder';

export type FolderState =
  | { readonly kind: 'writable' }
  /** Readable but not writable, such as a locked USB stick, another user's folder or a full disk. */
  | { readonly kind: 'readOnly'; readonly detail: string }
  | { readonly kind: 'unusable'; readonly detail: string };

const readOnlyCodes = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT']);

/**
 * Creates the folder if needed and tries to write a file in it, because
 * permissions alone do not prove that this works.
 */
export function tryFolder(folder: string): FolderState {
  try {
    makeFolder(folder);
  } catch (error) {
    return { kind: 'unusable', detail: detailOf(error) };
  }
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    removeLink(probe);
    writeFileSync(probe, '');
    makeFolderPrivate(folder);
    return { kind: 'writable' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { kind: readOnlyCodes.has(code) ? 'readOnly' : 'unusable', detail: detailOf(error) };
  } finally {
    rmSync(probe, { force: true });
  }
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The usual data folder of an app on this system. Electron would create the folder when asked for its path. */
export function usualFolder(name: string): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), name);
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', name);
    default:
      // An empty value counts as unset, as in Electron.
      return join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), name);
  }
}
