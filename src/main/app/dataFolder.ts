import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type FolderState =
  | { readonly kind: 'writable' }
  /** It can be read but not written, such as a locked USB stick, another user's folder or a full disk. */
  | { readonly kind: 'readOnly'; readonly detail: string }
  | { readonly kind: 'unusable'; readonly detail: string };

const readOnlyCodes = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT']);

/** Creates the folder if needed and tries to write a file in it, because permissions alone do not show whether that works. */
export function tryFolder(folder: string): FolderState {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    return { kind: 'unusable', detail: detailOf(error) };
  }
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    writeFileSync(probe, '');
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
