/** A file that can't be used is kept beside itself under a dated name: nothing is deleted. */
import { existsSync, renameSync } from 'node:fs';
import { format, parse } from 'node:path';

export interface AsideOptions {
  /** Part of the new name: what is wrong with the file. */
  readonly why: 'damaged' | 'other-version';
  /** ms since 1970. */
  readonly now: number;
  /** Suffixes of the files that belong to it and are renamed with it, where they exist. */
  readonly companions?: readonly string[];
}

/** Renames `name.ext` to `name.<why>-<time>.ext` and returns the new path. An earlier copy is never written over. */
export function setAside(file: string, { why, now, companions = [] }: AsideOptions): string {
  const { dir, name, ext } = parse(file);
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  const named = (again: string): string => format({ dir, name: `${name}.${why}-${time}${again}`, ext });
  let copy = named('');
  for (let n = 2; ['', ...companions].some((suffix) => existsSync(copy + suffix)); n += 1)
    copy = named(`-${n}`);
  renameSync(file, copy);
  for (const suffix of companions) if (existsSync(file + suffix)) renameSync(file + suffix, copy + suffix);
  return copy;
}
