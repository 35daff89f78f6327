/**
 * Checks a ZIP before yauzl opens it. yauzl throws this fault where no
 * caller can catch it, which would end the process.
 */
import { open } from 'node:fs/promises';

const endSize = 22;
const endSignature = 0x06054b50;
const longestComment = 65_535;
const locatorSize = 20;
const locatorSignature = 0x07064b50;

/** @throws Error if a ZIP64 points to an end record beyond the file; errors of the file system */
export async function checkZipEnd(file: string): Promise<void> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, locatorSize + endSize + longestComment));
    await handle.read(tail, 0, tail.length, size - tail.length);
    for (let end = tail.length - endSize; end >= locatorSize; end -= 1) {
      if (tail.readUInt32LE(end) !== endSignature) continue;
      const locator = end - locatorSize;
      if (
        tail.readUInt32LE(locator) === locatorSignature &&
        tail.readBigUInt64LE(locator + 8) >= BigInt(size)
      )
        throw new Error('the ZIP64 end record is beyond the end of the file');
      return;
    }
  } finally {
    await handle.close();
  }
}
