/** Files with one flipped bit, as an old disk produces them. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Random } from '../../src/main/tools/simulator/random';

/** Flips one bit of the file. */
export function flipBit(file: string, random: Random): void {
  const bytes = readFileSync(file);
  const at = random.int(0, bytes.length - 1);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7));
  writeFileSync(file, bytes);
}
