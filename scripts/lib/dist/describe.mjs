import { relative } from 'node:path';
import { root } from '../paths.mjs';

/** @param {number} bytes */
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Describes the package, in lines for people. @param {import('./pack.mjs').Packed} packed @returns {string[]} */
export function describePacked({ unpacked, fuses, contents }) {
  const { files, archive, unpackedFiles, total, parts } = contents;
  const states = Object.entries(fuses).map(([name, state]) => `${name} ${state}`);
  return [
    `${relative(root, unpacked.folder)}: ${megabytes(total)}, including the archive with ${megabytes(archive)} in ${files} files`,
    `  in the archive: ${parts.map(({ name, bytes }) => `${name} ${megabytes(bytes)}`).join(', ')}`,
    `  beside it: ${unpackedFiles.join(', ')}`,
    `  fuses read back: ${states.join(', ')}`,
  ];
}
