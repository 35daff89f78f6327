/** Hashes of a file. The file is read in chunks, so that the thread stays responsive. */
import { createHash } from 'node:crypto';
import { openFile } from './openFile';

const piece = 262_144;

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
