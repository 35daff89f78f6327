/** Writes the files of keptFile.ts. Apart from it, because `atomically` watches for signals, which only some processes leave to it. */
import { constants, copyFileSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeFileSync } from 'atomically';
import { checkOf, copyOf, type KeptFile, type Parts } from './keptFile';
import { nameAside, setAside } from './setAside';

/**
 * Keeps a damaged file as it is beside itself, before it is written over; gives where, `null`: it is gone.
 * @throws Error where that can't be written
 */
export function keepDamaged(file: string, isReadable: boolean, now: number): string | null {
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return null;
  if (!isReadable) return setAside(file, { why: 'damaged', now });
  const aside = nameAside(file, { why: 'damaged', now });
  copyFileSync(file, aside, constants.COPYFILE_EXCL);
  return aside;
}

/** Each as a whole or not at all. @throws Error where the file can't be written */
export function writeKept(file: string, parts: Parts): void {
  const { check: _old, ...content } = parts;
  const text = `${JSON.stringify({ ...content, check: checkOf(content) }, null, 2)}\n`;
  writeFileSync(file, text);
  try {
    writeFileSync(copyOf(file), text);
  } catch {
    // The file itself is kept: the copy is as it was, until the next change.
  }
}

/**
 * Writes file and copy again with what was found, a damaged file kept beside. Where the disk refuses, all stays as it was: the next change or
 * start tries again.
 */
export function mendKept(file: string, parts: Parts, damaged: Pick<KeptFile, 'isReadable'> | null): void {
  try {
    if (damaged !== null) keepDamaged(file, damaged.isReadable, Date.now());
    writeKept(file, parts);
  } catch {
    // What was read is used all the same.
  }
}

/** Removes the file with its copy. @throws Error where the disk refuses */
export async function removeKept(file: string): Promise<void> {
  for (const one of [copyOf(file), file]) await rm(one, { force: true });
}

/** Removes what an earlier run was writing when it was killed. Nobody else may be writing it. */
export function clearUnfinished(file: string): void {
  const unfinished = [file, copyOf(file)].map((one) => `${basename(one)}.tmp-`);
  try {
    for (const name of readdirSync(dirname(file)))
      if (unfinished.some((begin) => name.startsWith(begin)))
        rmSync(join(dirname(file), name), { force: true });
  } catch {
    // It costs its room on the disk and nothing else.
  }
}
