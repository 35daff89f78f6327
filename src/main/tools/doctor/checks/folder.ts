import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finding, type DoctorResult } from '#shared/doctor';
import type { Computer } from '../computer';

/** Checks permissions only. A missing folder is not created. */
export async function folder(
  { folder: path }: Pick<Computer, 'folder'>,
  mayUse: (path: string) => Promise<void> = readAndWrite,
): Promise<readonly DoctorResult[]> {
  const existing = await nearestExisting(path);
  const info = await stat(existing);
  const isThere = existing === path;
  if (!info.isDirectory())
    return [
      isThere
        ? finding('folder', 'noFolder', { folder: path })
        : finding('folder', 'belowNoFolder', { folder: path, above: existing }),
    ];
  try {
    await mayUse(existing);
    return [finding('folder', isThere ? 'writable' : 'toBeMade', { folder: path })];
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return [finding('folder', isThere ? 'notWritable' : 'cannotBeMade', { folder: path, detail })];
  }
}

const readAndWrite = (path: string): Promise<void> =>
  access(path, constants.R_OK | constants.W_OK | constants.X_OK);

/** The folder itself, or its nearest existing parent. */
export async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const isThere = await stat(at).then(
      () => true,
      () => false,
    );
    if (isThere || dirname(at) === at) return at;
  }
}
