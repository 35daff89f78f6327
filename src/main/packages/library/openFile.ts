/** Opens and hashes regular files only. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { Refused } from '../host/refused';

/**
 * A pipe or a device might never end. Opening a pipe without a writer would
 * block forever unless it is opened without waiting.
 * @throws Refused, or the error of the disk
 */
export async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Refused('noFile');
}

const piece = 262_144;

/** Hashes of a file. The file is read in chunks, so that the thread stays responsive. */
export async function hashFile<By extends 'sha256' | 'md5'>(
  file: string,
  by: readonly By[],
): Promise<Readonly<Record<By, string>>> {
  const from = await openFile(file);
  try {
    const hashes = by.map((one) => [one, createHash(one)] as const);
    const buffer = Buffer.allocUnsafe(piece);
    for (;;) {
      const { bytesRead } = await from.read(buffer, 0, piece, null);
      if (bytesRead === 0) break;
      for (const [, hash] of hashes) hash.update(buffer.subarray(0, bytesRead));
    }
    const digests = hashes.map(([one, hash]) => [one, hash.digest('hex')]);
    return Object.fromEntries(digests) as Readonly<Record<By, string>>;
  } finally {
    await from.close();
  }
}
