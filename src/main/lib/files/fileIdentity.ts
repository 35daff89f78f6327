/** Checks whether a path still leads to the file that this process has open, and finds the file's new path. */
import { readdirSync, readlinkSync, statSync } from 'node:fs';

export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** `null`: the path does not exist. */
export function identityOf(path: string): FileIdentity | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return { dev, ino };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Also true if the check fails: disk errors are handled elsewhere. */
export function isStillAt(path: string, identity: FileIdentity): boolean {
  try {
    const found = identityOf(path);
    return found !== null && isSame(found, identity);
  } catch {
    return true;
  }
}

const isSame = (a: FileIdentity, b: FileIdentity): boolean => a.dev === b.dev && a.ino === b.ino;

/** The current path of an open file that was moved; `null`: it was deleted, or this system does not report it. */
export function movedTo(identity: FileIdentity): string | null {
  const folder = '/proc/self/fd';
  if (process.platform !== 'linux') return null;
  for (const name of readdirSync(folder)) {
    try {
      const found = statSync(`${folder}/${name}`, { bigint: true });
      if (isSame(found, identity)) return found.nlink === 0n ? null : readlinkSync(`${folder}/${name}`);
    } catch {
      // It was closed meanwhile.
    }
  }
  return null;
}
