/** Files with one flipped bit, as an old disk produces them. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../src/main/tools/simulator/random';

const memory = '/dev/shm';
/** A folder for many starts, in memory on Linux: each start waits for the disk several times. */
export const folderForFlips = (): string =>
  mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'crema-flips-'));

/** Flips one bit of the file. */
export function flipBit(file: string, random: Random): void {
  const bytes = readFileSync(file);
  const at = random.int(0, bytes.length - 1);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7));
  writeFileSync(file, bytes);
}
