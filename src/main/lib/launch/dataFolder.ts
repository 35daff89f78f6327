import { rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../files/makeFolder';
import { makeFolderPrivate } from '../files/privateFolder';

export type FolderState =
  | { readonly kind: 'writable' }
  /** It can be read but not written, such as a locked USB stick, another user's folder or a full disk. */
  | { readonly kind: 'readOnly'; readonly detail: string }
  | { readonly kind: 'unusable'; readonly detail: string };

const readOnlyCodes = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT']);

/** Creates the folder if needed and tries to write a file in it, because permissions alone do not show whether that works. */
export function tryFolder(folder: string): FolderState {
  try {
    makeFolder(folder);
  } catch (error) {
    return { kind: 'unusable', detail: detailOf(error) };
  }
  const probe = join(folder, `.writable-${process.pid}`);
  try {
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

/** Where an app of that name keeps its data on this system. Electron makes the folder when it is asked where it is. */
export function usualFolder(name: string): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), name);
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', name);
    default:
      // One that is empty counts as not set, as for Electron.
      return join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), name);
  }
}
