/** A file that can't be used is kept beside itself under a dated name: nothing is deleted. */
import { existsSync, renameSync } from 'node:fs';
import { format, parse } from 'node:path';
import { fileStamp } from './fileStamp';

export interface AsideOptions {
  /** Part of the new name: what is wrong with the file. */
  readonly why: 'damaged' | 'other-version' | 'found';
  /** ms since 1970. */
  readonly now: number;
  /** Suffixes of the files that belong to it and are renamed with it, where they exist. */
  readonly companions?: readonly string[];
}

/** A path beside the file, `name.<why>-<time>.ext`, at which there is nothing yet. */
export function nameAside(file: string, { why, now, companions = [] }: AsideOptions): string {
  const { dir, name, ext } = parse(file);
  const stamp = fileStamp(now);
  const named = (again: string): string => format({ dir, name: `${name}.${why}-${stamp}${again}`, ext });
  let copy = named('');
  for (let n = 2; ['', ...companions].some((suffix) => existsSync(copy + suffix)); n += 1)
    copy = named(`-${n}`);
  return copy;
}

/** Renames it to that and returns the new path. An earlier copy is never written over. */
export function setAside(file: string, options: AsideOptions): string {
  const copy = nameAside(file, options);
  renameSync(file, copy);
  for (const suffix of options.companions ?? [])
    if (existsSync(file + suffix)) renameSync(file + suffix, copy + suffix);
  return copy;
}
