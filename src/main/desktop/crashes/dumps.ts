/** Memory images from Electron's crash reporter. They stay on this computer; only the newest are kept. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Each image takes some megabytes. */
const dumpsKept = 5;

interface Dump {
  readonly name: string;
  readonly at: number;
}

/** Newest first. */
function dumpsIn(directory: string): readonly Dump[] {
  try {
    const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.dmp'))
      .map((name) => ({ name, at: statSync(join(directory, name)).mtimeMs }))
      .toSorted((a, b) => b.at - a.at);
  } catch {
    return [];
  }
}

/** `null`: there is no crash reporter. */
export function dumpsSince(directory: string | null, since: number): readonly string[] {
  if (directory === null) return [];
  return dumpsIn(directory).flatMap(({ name, at }) => (at >= since ? [name] : []));
}

/** @throws Error if an image can't be removed */
export function keepNewestDumps(directory: string | null): void {
  if (directory === null) return;
  for (const { name } of dumpsIn(directory).slice(dumpsKept)) {
    rmSync(join(directory, name), { force: true });
    rmSync(join(directory, name.replace(/\.dmp$/, '.meta')), { force: true });
  }
}
