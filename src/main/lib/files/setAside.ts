/** Renames an unusable file to a dated name in the same folder. Nothing is deleted. */
import { existsSync, renameSync } from 'node:fs';
import { format, parse } from 'node:path';
import { fileStamp } from './fileStamp';

export interface AsideOptions {
  /** The problem, as a part of the new name. */
  readonly why: 'damaged' | 'other-version' | 'found';
  /** ms since 1970. */
  readonly now: number;
  /** Suffixes of files that belong to it and are renamed too, if they exist. */
  readonly companions?: readonly string[];
}

/** An unused path in the same folder, `name.<why>-<time>.ext`. */
export function nameAside(file: string, { why, now, companions = [] }: AsideOptions): string {
  const { dir, name, ext } = parse(file);
  const stamp = fileStamp(now);
  const named = (again: string): string => format({ dir, name: `${name}.${why}-${stamp}${again}`, ext });
  let copy = named('');
  for (let n = 2; ['', ...companions].some((suffix) => existsSync(copy + suffix)); n += 1)
    copy = named(`-${n}`);
  return copy;
}

/** Renames the file and returns the new path. Never overwrites an earlier copy. */
export function setAside(file: string, options: AsideOptions): string {
  const copy = nameAside(file, options);
  renameSync(file, copy);
  for (const suffix of options.companions ?? [])
    if (existsSync(file + suffix)) renameSync(file + suffix, copy + suffix);
  return copy;
}
