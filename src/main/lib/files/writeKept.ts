/**
 * Writes the files of keptFile.ts. Separate from it, because `atomically`
 * handles signals, which only some processes allow.
 */
import { constants, copyFileSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeFileSync } from 'atomically';
import { visibleJson } from '#shared/visible';
import { checkOf, copyOf, type KeptFile, type Parts } from './keptFile';
import { isLink, removeLink } from './removeLink';
import { nameAside, setAside } from './setAside';

/**
 * Keeps a damaged file under a dated name before it is overwritten.
 * Returns the new path; `null`: the file is missing.
 * @throws Error if the disk rejects the write
 */
export function keepDamaged(file: string, isReadable: boolean, now: number): string | null {
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return null;
  if (!isReadable) return setAside(file, { why: 'damaged', now });
  const aside = nameAside(file, { why: 'damaged', now });
  copyFileSync(file, aside, constants.COPYFILE_EXCL);
  return aside;
}

/** The text of such a file, with its checksum. People may open it in an editor or print it on a terminal. */
export function keptText(parts: Parts): string {
  const { check: _old, ...content } = parts;
  return `${visibleJson(JSON.stringify({ ...content, check: checkOf(content) }, null, 2))}\n`;
}

/** Writes file and copy, each completely or not at all. @throws Error if the file is not writable */
export function writeKept(
  file: string,
  parts: Parts,
  write = (content: Parts): void => writeFileSync(file, keptText(content)),
): void {
  if (isLink(file)) {
    // The content may exist behind the link only, until its successor is complete.
    const successor = `${file}.tmp-link`;
    writeFileSync(successor, keptText(parts));
    renameSync(successor, file);
  }
  write(parts);
  const copy = copyOf(file);
  try {
    removeLink(copy);
    writeFileSync(copy, keptText(parts));
  } catch {
    // The file is written. The copy stays old until the next change.
  }
}

/**
 * Rewrites file and copy with the content found, and keeps a damaged file under a dated name. If the
 * disk rejects this, nothing changes, and the next change or start tries again.
 */
export function mendKept(
  file: string,
  parts: Parts,
  damaged: Pick<KeptFile, 'isReadable'> | null,
  write?: (content: Parts) => void,
): void {
  try {
    if (damaged !== null) keepDamaged(file, damaged.isReadable, Date.now());
    writeKept(file, parts, write);
  } catch {
    // The content in memory is used anyway.
  }
}

/** Removes the file with its copy. @throws Error if the disk rejects this */
export async function removeKept(file: string): Promise<void> {
  for (const one of [copyOf(file), file]) await rm(one, { force: true });
}

/** Removes temporary files of a process that was killed. No other process may be writing the file. */
export function clearUnfinished(file: string): void {
  const unfinished = [file, copyOf(file)].map((one) => `${basename(one)}.tmp-`);
  try {
    for (const name of readdirSync(dirname(file)))
      if (unfinished.some((begin) => name.startsWith(begin)))
        rmSync(join(dirname(file), name), { force: true });
  } catch {
    // The file only wastes disk space.
  }
}
